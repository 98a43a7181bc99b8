"""Completion of commands, transfer files and codes in shells; click knows bash, zsh and fish, PowerShell is added here."""

import os
from typing import Any, ClassVar

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

VARIABLE = "_CSVIMPORT_COMPLETE"

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $env:%(complete_var)s = "powershell_complete"
    $env:COMP_WORDS = $ast.ToString()
    $env:COMP_CWORD = $word
    %(prog_name)s | ForEach-Object {
        $kind, $value, $help = $_ -split "`t", 3
        if ($kind -eq "plain") {
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $(if ($help) { $help } else { $value }))
        }
    }
    Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_CWORD
}
"""


class PowerShell(ShellComplete):
    """Completion for PowerShell; paths are completed by PowerShell itself."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to complete, and that one."""
        words, word = split_arg_string(os.environ["COMP_WORDS"]), os.environ.get("COMP_CWORD", "")
        return words[1:-1] if word and words[-1:] == [word] else words[1:], word

    def format_completion(self, item: CompletionItem) -> str:
        """One line for each completion: its kind, its text, its help."""
        return "\t".join((item.type, item.value, item.help or ""))


def register() -> None:
    """Makes PowerShell known, when a shell asks for completions."""
    if VARIABLE in os.environ:
        add_completion_class(PowerShell)


def transfer_files(context: click.Context, parameter: click.Parameter, word: str) -> list[CompletionItem]:
    """The transfer files that begin with a word."""
    from csvimport.schema import load, names

    return [CompletionItem(name, help=load(name).title["en"]) for name in names() if name.startswith(word)]


def codes(context: click.Context, parameter: click.Parameter, word: str) -> list[Any]:
    """The codes of findings that begin with a word."""
    from csvimport.schema import load, names

    return sorted({rule.id for name in names() for rule in load(name).all_rules if rule.id.startswith(word.upper())})
