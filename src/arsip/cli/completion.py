"""The script that makes the Tab key of a shell know arsip."""

from __future__ import annotations

import importlib
from typing import Annotated, Any, Final

import typer
from typer.core import TyperOption

from arsip.cli.command import Spoken, one_of, speaks
from arsip.cli.completing import EVERYWHERE, SHELLS, Table, packed
from arsip.cli.counter import Counter
from arsip.words import _

CHOICES: Final = " | "
"""What stands between the words of an option that takes one of some, in its help."""

BASH: Final = r"""# arsip completion bash
_arsip() {
    local line=${COMP_LINE:0:COMP_POINT} found=() one sign
    local word=${line##*[[:space:]]}
    while IFS= read -r one; do found+=("$one"); done < <(
        "$1" --complete 'TABLE' "$line" 2>/dev/null
    )
    for sign in : =; do  # bash replaces only what stands behind these signs
        if [[ $word == *$sign* && $COMP_WORDBREAKS == *$sign* ]]; then
            found=("${found[@]#"${word%"${word##*"$sign"}"}"}")
        fi
    done
    COMPREPLY=("${found[@]}")
    [[ ${#found[@]} == 1 && ${found[0]} == *[:=] ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o default -F _arsip arsip
"""
ZSH: Final = r"""#compdef arsip
# arsip completion zsh
_arsip() {
    local -a found
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
    found=(${(f)"$(${words[1]} --complete 'TABLE' "$line" 2>/dev/null)"})
    (( $#found )) || { _files; return }
    compadd -S '' -- ${(M)found:#*[:=]}
    compadd -- ${found:#*[:=]}
}
if [[ ${funcstack[1]} == _arsip ]]; then _arsip "$@"; else compdef _arsip arsip; fi
"""
FISH: Final = r"""# arsip completion fish
function __arsip_offered
    set -l words (commandline -opc)
    $words[1] --complete 'TABLE' (commandline -cp | string collect) 2>/dev/null
end
complete -c arsip -f -a '(__arsip_offered)'
complete -c arsip -F -n '__fish_seen_subcommand_from ingest watch read copy'
"""
SCRIPTS: Final = dict(zip(SHELLS, (BASH, ZSH, FISH), strict=True))


@speaks(
    _(
        "Print the script by which the Tab key of a shell knows commands, options, fields, "
        "senders and tags. Print it anew after a new version of arsip."
    ),
    "arsip completion bash > ~/.local/share/bash-completion/completions/arsip",
    "arsip completion fish > ~/.config/fish/completions/arsip.fish",
)
def completion(
    ctx: typer.Context,
    shell: Annotated[
        str,
        typer.Argument(metavar="SHELL", parser=one_of(*SHELLS), help=CHOICES.join(SHELLS)),
    ],
) -> None:
    """Print the script of a shell."""
    counter: Counter = ctx.obj
    group: Any = ctx.find_root().command
    script = SCRIPTS[shell].replace("TABLE", packed(options(group.params)))
    counter.screen.raw(script.encode())


def options(anywhere: list[Any]) -> Table:
    """All commands with their options; what may stand before them under EVERYWHERE."""
    words: Any = importlib.import_module("arsip.cli.app").WORDS  # it loads this file by name
    table = {EVERYWHERE: _options(anywhere)}
    for word, room in words.items():
        spoken: Spoken = getattr(importlib.import_module(room.module), room.name)
        table[word] = _options(spoken.command(word).params)
    return table


def _options(params: list[Any]) -> dict[str, tuple[str, ...] | None]:
    """Each option, and what it takes."""
    found: dict[str, tuple[str, ...] | None] = {"--help": None}
    for param in params:
        if isinstance(param, TyperOption):
            for name in param.opts:
                found[name] = None if param.is_flag else _choices(param.help or "")
    return found


def _choices(told: str) -> tuple[str, ...]:
    return tuple(told.split(CHOICES)) if CHOICES in told else ()
