"""Personal data in what csvimport says: identity codes, bank accounts and salaries are cut so far that the cell can still be told.

The fields that hold them say so in the schema (``personal``). Elsewhere identity codes and account numbers are known by their form,
and in transfer files with pay the larger sums, too.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csvimport.shapes import Field

PERSONAL = IDENTITY_CODE, IDENTIFIER, ACCOUNT, SALARY = "identity_code", "identifier", "account", "salary"
CODE, NUMBER, OF_NO_FIELD = "code", "number", "of_no_field"
_CODED = ("code", "flag", "constant")

EU_VAT_FORM = r"^(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{2,12}$"

# What is meant as an identity code: a possible day and month, look-alikes for digits, any dash, blank or letter for the sign.
DATE_DIGITS = 6
_DIGIT, _BLANK, _DASH = "[0-9OoIl]", r"[\s\u200b\u2060\ufeff]", r"[-+/_~*\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_DAY, _MONTH, _SIGN = "(?:[0Oo][1-9Il]|[12Il][0-9OoIl]|3[01OoIl])", "(?:[0Oo][1-9Il]|[1Il][0-2OoIl])", "[A-FU-Ya-fu-y]"
_SHORT_DATE = f"{_DAY}{_MONTH}{_DIGIT}{{2}}"
_LONG_DATE = f"{_DAY}(?:[./-]{_MONTH}[./-](?:18|19|20)?|{_MONTH}(?:18|19|20))[0-9]{{2}}"
_DATE = re.compile(f"(?P<date>{_LONG_DATE}|{_SHORT_DATE})")
_NUMBER = f"(?=[OoIl]{{0,2}}[0-9]){_DIGIT}{{3}}"
_TIGHT, _LOOSE = rf"{_NUMBER}(?:[0-9](?![0-9])|[A-Za-z])", rf"{_NUMBER}{_BLANK}?[0-9A-Za-z](?![0-9A-Za-z])"
_MEANT = re.compile(
    rf"(?<![0-9])(?P<date>{_LONG_DATE}(?={_BLANK}*{_DASH}|{_SIGN})|{_SHORT_DATE})"
    rf"(?:(?:[.,:]|{_BLANK}{{0,2}}{_DASH}{{1,3}}{_BLANK}{{0,2}})(?:{_TIGHT}|{_LOOSE})"
    rf"|{_SIGN}{_TIGHT}|{_BLANK}?{_SIGN}{_BLANK}?{_LOOSE}"
    rf"|{_BLANK}{{1,3}}{_NUMBER}[0-9A-Za-z](?![0-9A-Za-z]|[.,][0-9]{{1,2}}(?![0-9]))"  # with two decimals it is a sum
    rf"|{_NUMBER}[A-Za-z](?![0-9A-Za-z]))"
)
_SWEDISH_DATE = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SWEDISH = re.compile(rf"(?<![0-9])(?P<date>{_SWEDISH_DATE})[-+][0-9]{{4}}(?![0-9])")
DATED = f"{_LONG_DATE}|{_SHORT_DATE}|{_SWEDISH_DATE}"  # without which there is no identity code
_OF_COMPANY = re.compile(rf"(?:FI)?[0-9]{{6,7}}-?[0-9]|(?!FI){EU_VAT_FORM[1:-1]}", re.IGNORECASE)


_MASK = "****"
_SHORTEST = 15  # characters of an international account number
_ANY_DIGIT = re.compile("[0-9]")
_DIGITS_TOGETHER = re.compile(r"[0-9](?:\W?[0-9]){6}")  # which every account number has somewhere
_MISPLACED = re.compile(r"\s*[-+]?[0-9]{3,}(?:[.,][0-9]+)?\s*")
_NUMBER_ONLY = re.compile(r"[^0-9A-Za-z]*[0-9][0-9\s.,'’]*[^0-9]{0,12}")  # with what stands behind it, such as €/h
_FEWEST_DIGITS = 7  # of an account; less is a part of one that tells nothing
_FINNISH_LENGTHS = "{13,15}"  # a digit missing or doubled; a Finnish VAT number has eight digits
_BETWEEN = r"[\s\u00a0\u202f.-]?"
_FINNISH_ACCOUNT = re.compile(rf"(?<![0-9])FI{_BETWEEN}[0-9OoIl]{{2}}(?:{_BETWEEN}[0-9OoIl]){_FINNISH_LENGTHS}(?![0-9])", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?<![0-9A-Za-z])(?!RF)[A-Z]{2}[0-9]{2}(?:[ \u00a0-]?[0-9A-Z]{4}){2,7}(?:[ \u00a0-]?[0-9A-Z]{1,3})?(?![0-9A-Za-z])", re.IGNORECASE
)
_THOUSANDS = r"(?:[0-9]{4,}|[0-9]{1,3}(?:[ \u00a0\u202f.'’][0-9]{3})+)"
_LARGE = re.compile(rf"\s*[-+−–]?\s*{_THOUSANDS}(?:[.,][0-9]+)?\s*")
_SUM = re.compile(
    rf"(?<![0-9.,])(?:{_THOUSANDS}[.,][0-9]{{2}}(?![0-9.,]?[0-9])|{_THOUSANDS}(?=\s?(?:€|eur\b))|[0-9]+(?:[.,][0-9]+)?(?=\s?(?:€|eur\b)))",
    re.IGNORECASE,
)


def masked(text: str, of: str = "", *, pay: bool = False) -> str:
    """A text without identity codes and account numbers: ``010190-****``, ``FI21****85``.

    ``of``: what the field holds whose value it is, as ``personal`` tells: there mistyped ones are masked, too, and of a salary every
    digit. ``pay``: whether the transfer file has fields of pay, so that sums of money are masked elsewhere, too, and every number
    in a column of no field, which may be anything.
    """
    if not _ANY_DIGIT.search(text):
        return text
    if of == SALARY or (pay and of == OF_NO_FIELD and _NUMBER_ONLY.fullmatch(text)):
        return _without_digits(text)
    if of == ACCOUNT and len(re.findall("[0-9]", text)) >= _FEWEST_DIGITS:
        return _ends(text)
    text = mask_sums(text, of) if pay else text
    return mask_identity_codes(mask_accounts(text), personal=of in (IDENTITY_CODE, IDENTIFIER))


def personal(field: "Field") -> str:
    """What a field holds of a person, or that it holds codes or numbers, among which a sum stands in the wrong column; "" for others."""
    return field.personal or (CODE if field.kind in _CODED else NUMBER if field.measure else "")


def mask_accounts(text: str) -> str:
    """The text with international account numbers cut to their country, check digits and end; Finnish ones also when mistyped."""
    if len(text) < _SHORTEST or not _DIGITS_TOGETHER.search(text):
        return text
    return _ACCOUNT.sub(_right_account, _FINNISH_ACCOUNT.sub(lambda found: _ends(found[0]), text))


def _right_account(found: "re.Match[str]") -> str:
    """What may be an account number and a word behind it, cut as far as its check digits are right."""
    text = found[0]
    for end in (len(text), *(blank.start() for blank in reversed([*re.finditer(_BLANK, text)]))):
        if _checks(text[:end]):
            return _ends(text[:end]) + text[end:]
    return text


def mask_sums(text: str, of: str = "") -> str:
    """The text with every digit of sums of money masked: those of a thousand and more with two decimals, and those with a euro sign.

    ``of``: with ``CODE``, any number of three digits and more, which is no code and stands in the wrong column; with ``NUMBER``,
    hours, days and shares, any of a thousand and more.
    """
    if (of == CODE and _MISPLACED.fullmatch(text)) or (of == NUMBER and _LARGE.fullmatch(text)):
        return _without_digits(text)
    return _SUM.sub(lambda found: _without_digits(found[0]), text)


def _without_digits(text: str) -> str:
    return re.sub("[0-9]", "*", text)


def _ends(account: str) -> str:
    """An account number cut to country and check digits, where it has them, and the last two characters."""
    bare = re.sub("[^0-9A-Za-z]", "", account)
    return f"{bare[:4] if bare[:2].isalpha() else ''}{_MASK}{bare[-2:]}"


def _checks(account: str) -> bool:
    """Whether the check digits of an international account number are right (ISO 7064, modulo 97)."""
    from stdnum.iso7064 import mod_97_10  # here, since to describe a file nothing but click is needed

    bare = re.sub("[^0-9A-Z]", "", account.upper())
    return len(bare) >= _SHORTEST and bool(mod_97_10.is_valid(bare[4:] + bare[:4]))


def mask_identity_codes(text: str, *, personal: bool = False) -> str:
    """The text with everything that is meant as a personal identity code cut to the date of birth: ``010190-****``.

    ``personal``: whether it is a value of a field for identity codes. Whatever has more digits than a date is masked there, unless
    it is a number of a company.
    """
    masked = _SWEDISH.sub(_birth_date, _MEANT.sub(_birth_date, text))
    if not personal or len(re.findall("[0-9]", _MEANT.sub("", text))) <= DATE_DIGITS or _OF_COMPANY.fullmatch(re.sub(r"\s", "", text)):
        return masked
    found = _DATE.search(text)
    return _birth_date(found) if found else f"{re.findall(f'[0-9]{{1,{DATE_DIGITS}}}', text)[0]}-****"


def _birth_date(found: "re.Match[str]") -> str:
    date = re.sub("[./-]", "", found["date"])
    return f"{date[:4]}{date[-2:]}-****"


def holds_identity_code(text: str) -> bool:
    """Whether a text holds what is meant as a personal identity code."""
    return _MEANT.search(text) is not None or _SWEDISH.search(text) is not None
