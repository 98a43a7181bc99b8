"""What the user sees in Procountor: the figures of the preview, others to compare, and the steps of the upload."""

from csvimport.figures import Figure
from csvimport.messages import phrase, term
from csvimport.output.separate import LIST
from csvimport.report.report import Report
from csvimport.schema import Schema


def figure_text(figure: Figure, lang: str) -> str:
    """A figure as accountants write it: sum with VAT 1234,50 EUR."""
    return f"{figure_label(figure, lang)} {figure_value(figure)}"


def figure_label(figure: Figure, lang: str) -> str:
    """What a figure is: sum with VAT."""
    return " ".join(filter(None, (phrase(f"figure {figure.label}", lang) if figure.label else "", figure.of)))


def figure_value(figure: Figure) -> str:
    """The number of a figure with its currency: 1234,50 EUR."""
    return " ".join(filter(None, (figure.value.replace(".", ","), figure.currency)))


def preview_lines(report: Report) -> list[str]:
    """Sentences on what the preview shows, where that is known, on what else can be compared, and on what is not shown here."""
    lang, counted = report.lang, report.uploaded.upload.counted
    shown, others = _figures(report)
    lines = []
    if report.several_files:
        lines.append(phrase("frame_preview_each", lang, list=f"{LIST}.md"))
    elif counted:
        count = f"{phrase(f'record_{counted}', lang)} {report.records[counted]}"
        figures = [count, phrase("frame_none_invalid", lang), *(figure_text(figure, lang) for figure in shown)]
        lines.append(phrase("frame_preview", lang, figures=", ".join(figures)))
    if others:
        lines.append(phrase("frame_compare", lang, figures=", ".join(figure_text(figure, lang) for figure in others)))
    return [*lines, phrase("frame_few", lang)] if report.leaves_out_figures else lines


def _figures(report: Report) -> tuple[list[Figure], list[Figure]]:
    """The figures that the preview shows, beside the number of records, and the others.

    Its sum is in euros: that of one currency only when there is no other.
    """
    totals, counted = report.schema.totals, "" if report.several_files else report.uploaded.upload.counted
    sums = [total.name for total in totals if total.preview]
    summed = [figure for figure in report.figures if figure.label in sums]
    shown = [figure for figure in summed if figure.label in sums[-1:]] or [f for f in summed if len(summed) == 1 and f.currency == "EUR"]
    known = {total.name for total in totals if total.use == "count" and total.record == counted and not total.when}
    return shown, [figure for figure in report.figures if figure not in shown and figure.label not in known]


def upload_steps(schema: Schema, lang: str, *, several: bool = False) -> list[str]:
    """What to do in Procountor, a sentence for each step: where the file goes, what the view asks, what not to be surprised by.

    ``several``: whether there are several files, each to be uploaded alone.
    """
    upload = schema.upload
    kind = phrase("frame_upload_kind", lang, kind=phrase(f"import_type {upload.import_type}", lang)) if upload.import_type else ""
    return [
        phrase("frame_upload", lang, menu=term(upload.menu, lang), kind=kind),
        *([phrase("frame_upload_each", lang, list=f"{LIST}.md")] if several else []),
        *(phrase("frame_upload_asks", lang, asks=term(ask, lang)) for ask in upload.asks),
        *(phrase("frame_upload_surprise", lang, surprise=surprise[lang]) for surprise in upload.surprises),
    ]
