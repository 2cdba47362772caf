"""The script that makes the Tab key of a shell know arsip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Final

import typer
from typer import _click as click  # typer carries its own click and gives its classes no other name
from typer.core import TyperOption

from arsip.cli.command import Choice, Command, speaks
from arsip.cli.completing import (
    ARGUMENT,
    EVERYWHERE,
    FILES,
    ONE,
    QUERYING,
    SEVERAL,
    SHELLS,
    Table,
    packed,
)
from arsip.cli.counter import Counter
from arsip.words import _

_FILES: Final = re.compile(r"\b(?:DIR|FILE|PATH)\b")
"""How the help calls what is a file or a folder."""

BASH: Final = r"""# arsip completion bash
_arsip() {
    local line=${COMP_LINE:0:COMP_POINT} found=() one
    local kept=${line%"$2"}  # bash replaces $2 only: what stands behind : or =, or in quotes
    kept=${kept##*[[:space:]]}
    while IFS= read -r one; do found+=("${one#"$kept"}"); done < <(
        "$1" --complete 'TABLE' "$line" 2>/dev/null
    )
    COMPREPLY=()
    if [[ ${found[*]} == / ]]; then
        compopt -o default 2>/dev/null
        return 0
    fi
    if [[ ${#found[@]} == 1 && ${found[0]} == *[:=] ]]; then
        compopt -o nospace 2>/dev/null
        [[ $kept == *[\"\'] ]] && found+=("${found[0]}…")  # two of them leave the quotes open
    fi
    COMPREPLY=("${found[@]}")
}
complete -F _arsip arsip
"""
ZSH: Final = r"""#compdef arsip
# arsip completion zsh
_arsip() {
    local -a found
    local line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    found=(${(f)"$(${words[1]} --complete 'TABLE' "$line" 2>/dev/null)"})
    [[ $found == / ]] && { compset -P '--*='; _files; return }
    compadd -S '' -- ${(M)found:#*[:=]}
    compadd -- ${found:#*[:=]}
}
if [[ ${funcstack[1]} == _arsip ]]; then
    _arsip "$@"
else
    (( $+functions[compdef] )) || { autoload -U compinit && compinit -i; }
    compdef _arsip arsip
fi
"""
FISH: Final = r"""# arsip completion fish
function __arsip_offered
    set -l words (commandline -opc)
    set -l found ($words[1] --complete 'TABLE' (commandline -cp | string collect) 2>/dev/null)
    if test "$found" = /
        __fish_complete_path (commandline -ct)
    else
        string join \n -- $found
    end
end
complete -c arsip -f -a '(__arsip_offered)'
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
        typer.Argument(metavar="SHELL", parser=Choice(*SHELLS), help=" | ".join(SHELLS)),
    ],
) -> None:
    """Print the script of a shell."""
    counter: Counter = ctx.obj
    script = SCRIPTS[shell].replace("TABLE", packed(table(ctx.find_root())))
    counter.screen.raw(script.encode())


def table(root: click.Context) -> Table:
    """All commands with their options; what may stand before them under EVERYWHERE.

    Args:
        root: of the group of all commands.
    """
    commands = _commands(root, lambda _word: True)
    return {
        EVERYWHERE: _options(root.command.params),
        **{word: _options(command.params) for word, command in commands},
    }


def bearers(root: click.Context, option: str) -> list[str]:
    """The commands that take a query and have an option."""
    commands = _commands(root, QUERYING.__contains__)
    return [word for word, command in commands if option in _options(command.params)]


def _commands(root: click.Context, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Command]]:
    """The commands of the group whose words are wanted; their modules are imported now."""
    group: Any = root.command
    for word in filter(wanted, group.list_commands(root)):
        yield word, group.get_command(root, word)


def _options(params: Iterable[Any]) -> dict[str, str | None]:
    """Each option, and what it takes; the same of the first argument that is no free word."""
    found: dict[str, str | None] = {"--help": None}
    for param in params:
        if isinstance(param, TyperOption):
            for name in param.opts:
                found[name] = None if param.is_flag else _taken(param)
        elif takes := _taken(param):
            found.setdefault(ARGUMENT, takes)
    return found


def _taken(param: Any) -> str:
    choice = getattr(param.type, "func", None)
    if isinstance(choice, Choice):
        return (SEVERAL if choice.several else ONE).join(choice.words)
    return FILES if _FILES.search(param.metavar or "") else ""
