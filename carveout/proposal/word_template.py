"""A center's own Word template: refused when it is dangerous or not Word, explained when a field or tag is wrong.

Templates come from users. They are bounded in size, hold no macros, objects or links that load anything, and speak a
small part of Jinja: fields, lists of fields, conditions and a few filters, so that no template can run for long.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from carveout.errors import InputError, Problem
from carveout.language import Text
from carveout.proposal.content import Proposal
from carveout.proposal.fields import known

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

NAME = "template.docx"
MAX_BYTES, MAX_UNPACKED, MAX_PARTS, MAX_NESTED = 5_000_000, 40_000_000, 500, 4
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FILTERS = ("upper", "lower", "trim", "length", "first", "last", "join", "default")
_LINKS = ("http:", "https:", "mailto:", "tel:")
_FORBIDDEN_PARTS = re.compile(r"vbaProject|vbaData|activeX|embeddings/|\.bin$|\.exe$|afchunk", re.IGNORECASE)
_LOADING_FIELDS = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|RD)\b")
_RELATION = re.compile(rb"<Relationship\b[^>]*?/>|<Relationship\b.*?</Relationship>", re.DOTALL)
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")

Fields = Mapping[str, Any]

_REMEDY_WORD = Text(
    "Word で「名前を付けて保存」から「Word 文書（.docx）」を選んで保存し直してください。",
    "In Word, save it anew as a Word document (.docx).",
)
_REMEDY_NEW = Text(
    "「carveout propose --new-template ひな形.docx」で新しいひな形を作り、それを直してください。",
    "Make a new template with: carveout propose --new-template template.docx, and edit that one.",
)

_RELS = "_rels/.rels"
_ODD_PROPERTIES = b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
_PROPERTIES = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_BAD_TAG = Text("書き込み欄（波かっこ）の書き方に誤りがあります", "a tag (in braces) is not written correctly")


def checked(data: bytes, name: str = NAME) -> bytes:
    """The template without what it should not hold. Raises InputError with all that keeps it from being used."""
    parts = _parts(data, name)
    problems = list(_dangers(parts, name))
    if not problems:
        problems = list(_wrong_tags(data, parts, name))
    if problems:
        raise InputError(problems)
    return _without_attached(data, parts)


def unusable(name: str, error: Exception) -> InputError:
    """What to tell when a template that looked right cannot be filled in."""
    said = Text("ひな形に書き込めません（{why}）", "the template cannot be filled in ({why})")
    why = {"why": _short(str(error)) or type(error).__name__}
    return InputError([_problem(name, "template-fails", said.format(why, why), _REMEDY_NEW)])


@lru_cache(maxsize=1)
def environment() -> SandboxedEnvironment:
    """The Jinja that templates are read with: nothing but values, all of them escaped, unknown ones an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.filters = {name: made.filters[name] for name in _FILTERS}
    made.globals = {}
    return made


def _problem(name: str, code: str, cause: Text, remedy: Text, place: str = "", field: str = "") -> Problem:
    return Problem("error", code, name, None, place, field, cause, remedy)


def _refuse(name: str, code: str, cause: Text, remedy: Text) -> InputError:
    return InputError([_problem(name, code, cause, remedy)])


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of the archive, unpacked within bounds."""
    too_big = Text("ひな形が大きすぎます", "the template is too large")
    smaller = Text("大きな画像を外すか縮めてください（5MB まで）。", "Remove or shrink large pictures (5 MB at most).")
    if len(data) > MAX_BYTES:
        raise _refuse(name, "template-too-large", too_big, smaller)
    not_word = _refuse(
        name,
        "template-not-word",
        Text("Word 文書（.docx）ではありません", "it is not a Word document (.docx)"),
        _REMEDY_WORD,
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise _refuse(name, "template-too-large", too_big, smaller)
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        EOFError,
        zlib.error,
    ) as error:
        raise not_word from error
    if _MAIN not in parts.get("[Content_Types].xml", b"") or "word/document.xml" not in parts:
        raise not_word
    return parts


def _dangers(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """Macros, embedded objects, fields and relations that load something, declarations that XML bombs need."""
    remedy = Text("Word でそれを取り除いて、保存し直してください。", "Remove it in Word and save the template anew.")
    for part, content in parts.items():
        if _FORBIDDEN_PARTS.search(part):
            cause = Text("マクロや埋め込みの部品があります（{part}）", "it holds macros or embedded objects ({part})")
            yield _problem(name, "template-macro", cause.format({"part": part}, {"part": part}), remedy)
        if part.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                cause = Text("文書の部品に宣言（DOCTYPE）があります", "a part of it holds a DOCTYPE declaration")
                yield _problem(name, "template-doctype", cause, _REMEDY_WORD, part)
            if any(_LOADING_FIELDS.search(code) for code in _field_codes(content)):
                cause = Text("ほかのファイルを読み込むフィールドがあります", "it holds a field that loads another file")
                yield _problem(name, "template-field", cause, remedy, part)
        if part.endswith(".rels"):
            for relation in _RELATION.findall(content):
                if _loads(relation):
                    cause = Text("外のファイルへのつながりがあります", "it refers to a file outside of itself")
                    yield _problem(name, "template-external", cause, remedy, _attribute(relation, b"Target")[:80])


def _field_codes(content: bytes) -> Iterator[bytes]:
    yield from re.findall(rb"<w:instrText[^>]*>([^<]*)<", content)
    yield from re.findall(rb"w:instr=\"([^\"]*)\"", content)


def _attribute(relation: bytes, attribute: bytes) -> str:
    found = re.search(rb"\b" + attribute + rb"\s*=\s*[\"']([^\"']*)[\"']", relation)
    return found[1].decode("utf-8", "replace") if found else ""


def _loads(relation: bytes) -> bool:
    """Whether a relation makes Word fetch something: links that wait for a click do not; an attached template goes."""
    if _attribute(relation, b"TargetMode").lower() != "external":
        return False
    kind, target = _attribute(relation, b"Type"), _attribute(relation, b"Target")
    if kind.endswith("/attachedTemplate"):
        return False
    return not (kind.endswith("/hyperlink") and target.lower().startswith(_LINKS))


def _without_attached(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The template without its own Word template, whose path on somebody's disk it would pass on.

    Its properties are named as the standard names them.
    """
    from carveout.proposal.zipped import rezipped

    cleaned = {}
    # Some versions of LibreOffice name the document's properties by a relation of their own, so that python-docx would
    # not find them and write the same part a second time.
    if _ODD_PROPERTIES in parts.get(_RELS, b""):
        cleaned[_RELS] = parts[_RELS].replace(_ODD_PROPERTIES, _PROPERTIES)
    for part in ("word/_rels/settings.xml.rels", "word/settings.xml"):
        if part in parts and b"attachedTemplate" in parts[part]:
            kept = _RELATION.sub(lambda m: b"" if b"/attachedTemplate" in m[0] else m[0], parts[part])
            cleaned[part] = re.sub(rb"<w:attachedTemplate\b[^>]*/>", b"", kept)
    return rezipped(data, replaced=cleaned) if cleaned else data


def _wrong_tags(data: bytes, parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """Every unknown field and every tag that templates do not know, with the words around it."""
    from docx.oxml import parse_xml
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    reader = DocxTemplate(io.BytesIO(data))
    try:
        reader.init_docx()
    except (SyntaxError, ValueError, KeyError, AttributeError) as error:
        raise unusable(name, error) from error
    for part in sorted(parts):
        if not _TEXT_PARTS.fullmatch(part):
            continue
        try:
            tree = parse_xml(parts[part])
            if open_tags := list(_left_open(tree)):
                yield from (
                    _problem(name, "template-tag", _BAD_TAG, _remedy_tag("}} / %}"), text) for text in open_tags
                )
                continue
            # As docxtpl reads it: a paragraph a line, so that a line number tells the paragraph.
            source = reader.patch_xml(reader.xml_to_string(tree))
            source = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)
            parsed = environment().parse(source)
        except (SyntaxError, ValueError) as error:  # what the XML reader raises is a SyntaxError
            raise unusable(name, error) from error
        except TemplateSyntaxError as error:
            yield _problem(
                name, "template-tag", _BAD_TAG, _remedy_tag(str(error.message)), _around(source, error.lineno)
            )
            continue
        for node, said in _complaints(parsed, known(Proposal), {}, 0):
            yield _complaint(name, said, _around(source, node.lineno))


def _left_open(tree: Any) -> Iterator[str]:
    """The words of paragraphs in which a tag does not close: docxtpl would swallow what follows without a word."""
    for paragraph in tree.iter("{*}p"):
        text = "".join(run.text or "" for run in paragraph.iter("{*}t"))
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            yield f"「{_short(text)}」"


def _remedy_tag(why: str) -> Text:
    said = {"why": _short(why)}
    return Text(
        "{{{{ }}}} や {{% %}} が閉じているか、for・if に endfor・endif があるかを確かめてください（{why}）。",
        "Check that {{{{ }}}} and {{% %}} are closed, and that every for and if has its endfor and endif ({why}).",
    ).format(said, said)


def _around(source: str, line: int) -> str:
    """The words of the paragraph that a line number of the template tells."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[line - 1]) if 0 < line <= len(lines) else ""
    return f"「{_short(text)}」" if text.strip() else ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"


def _complaint(name: str, said: str, place: str) -> Problem:
    if said.startswith("{"):
        tag = {"tag": said}
        cause = Text("ひな形では使えない書き方です（{tag}）", "templates do not know this tag ({tag})").format(tag, tag)
        remedy = Text(
            "使えるのは、項目（{{ title }} など）、for、if と、次のフィルターだけです：" + "、".join(_FILTERS),
            "Only fields (such as {{ title }}), for, if and these filters can be used: " + ", ".join(_FILTERS),
        )
        return _problem(name, "template-unknown-tag", cause, remedy, place)
    cause = Text("「{field}」という項目はありません", "there is no field named {field}")
    listed = ", ".join(field_names())
    remedy = Text(f"使える項目：{listed}", f"Known fields: {listed}")
    return _problem(name, "template-unknown-field", cause.format({"field": said}, {"field": said}), remedy, place, said)


def field_names() -> tuple[str, ...]:
    """Every field a template may name; those of a list's entries stand behind a dot."""
    return tuple(_names(known(Proposal), ""))


def _names(fields: Fields, before: str) -> Iterator[str]:
    for name, below in fields.items():
        yield before + name
        if below:
            yield from _names(below, f"{before}{name}.")


_LOOP = dict.fromkeys(("first", "last", "index", "index0", "length", "revindex"))


def _complaints(
    node: nodes.Node, fields: Fields, scope: Mapping[str, Fields | None], depth: int
) -> Iterator[tuple[nodes.Node, str]]:
    """Unknown fields by name, and tags beyond what templates know as {...}, in the order of the text."""
    from jinja2 import nodes as n

    if isinstance(node, n.For):
        below, complaint = _resolved(node.iter, fields, scope)
        if complaint:
            yield node, complaint
        plain = isinstance(node.target, n.Name) and node.else_ == [] and node.test is None and not node.recursive
        # A loop within a loop goes through what belongs to the outer one's entry, so that no template runs for long.
        inside = depth == 0 or _root(node.iter) in scope
        if not plain or not inside or depth >= MAX_NESTED:
            yield node, "{% for %}"
            return
        inner = {**scope, node.target.name: below, "loop": _LOOP}  # type: ignore[attr-defined]
        for child in node.body:
            yield from _complaints(child, fields, inner, depth + 1)
        return
    if isinstance(node, n.Name | n.Getattr | n.Getitem):
        _, complaint = _resolved(node, fields, scope)
        if complaint:
            yield node, complaint
        return
    if isinstance(node, n.Filter) and node.name not in _FILTERS:
        yield node, "{{ | " + str(node.name) + " }}"
    elif not isinstance(node, _allowed()):
        yield node, "{% " + type(node).__name__.lower() + " %}"
        return
    for child in node.iter_child_nodes():
        yield from _complaints(child, fields, scope, depth)


@lru_cache(maxsize=1)
def _allowed() -> tuple[type[nodes.Node], ...]:
    from jinja2 import nodes as n

    return (
        n.Template, n.Output, n.TemplateData, n.If, n.Const, n.Compare, n.Operand,
        n.And, n.Or, n.Not, n.CondExpr, n.Filter, n.Keyword,
    )  # fmt: skip


def _resolved(node: nodes.Node, fields: Fields, scope: Mapping[str, Fields | None]) -> tuple[Fields | None, str]:
    """The fields below what a name stands for, and the name if there is none such."""
    from jinja2 import nodes as n

    if isinstance(node, n.Name):
        if node.name in scope:
            return scope[node.name], ""
        return (fields[node.name], "") if node.name in fields else (None, node.name)
    if isinstance(node, n.Getattr):
        above, complaint = _resolved(node.node, fields, scope)
        if complaint:
            return None, complaint
        if above is not None and node.attr in above:
            return above[node.attr], ""
        return None, f"{_written(node.node)}.{node.attr}"
    return None, "{{ [ ] }}"


def _root(node: nodes.Node) -> str:
    from jinja2 import nodes as n

    while isinstance(node, n.Getattr):
        node = node.node
    return node.name if isinstance(node, n.Name) else ""


def _written(node: nodes.Node) -> str:
    from jinja2 import nodes as n

    if isinstance(node, n.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, n.Name) else "?"
