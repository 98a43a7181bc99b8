"""The Markdown pages beside the schemas: ``python -m csvimport.cli.docs`` makes them anew."""

from csvimport.cli import markdown
from csvimport.schema import folder, load, names

LANGUAGE = "en"


def pages() -> dict[str, str]:
    """File name → text of every page."""
    made = {f"{name}.md": markdown.of_file(load(name), LANGUAGE) for name in names()}
    made[markdown.CODES_PAGE] = markdown.of_codes(LANGUAGE)
    return {name: f"{text}\n" for name, text in made.items()}


def write() -> None:
    """Writes the pages into the folder of the schemas."""
    for name, text in pages().items():
        (folder() / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
