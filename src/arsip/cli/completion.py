"""The script that makes the Tab key of a shell know arsip."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer
from typer.core import TyperOption

from arsip.cli.command import Choice, Spoken, speaks
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
if [[ ${funcstack[1]} == _arsip ]]; then _arsip "$@"; else compdef _arsip arsip; fi
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
    group: Any = ctx.find_root().command
    script = SCRIPTS[shell].replace("TABLE", packed(options(group.params)))
    counter.screen.raw(script.encode())


def options(anywhere: list[Any]) -> Table:
    """All commands with their options; what may stand before them under EVERYWHERE."""
    return {EVERYWHERE: _options(anywhere), **{word: _options_of(word) for word in _rooms()}}


def bearers(option: str) -> list[str]:
    """The commands that take a query and have an option."""
    return [word for word in _rooms() if word in QUERYING and option in _options_of(word)]


def _rooms() -> Mapping[str, Any]:
    rooms: Mapping[str, Any] = importlib.import_module("arsip.cli.app").WORDS
    return rooms  # it loads this file by name


def _options_of(word: str) -> dict[str, str | None]:
    """The options of a command."""
    room = _rooms()[word]
    spoken: Spoken = getattr(importlib.import_module(room.module), room.name)
    return _options(spoken.command(word).params)


def _options(params: list[Any]) -> dict[str, str | None]:
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
