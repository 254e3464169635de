"""Exhibits are taken byte for byte or refused with a code; a hostile file harms nothing but its own examination."""

import io
import multiprocessing
import os
import signal
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pebble import ProcessPool
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer, inspect_in_subprocess
from service.errors import ExhibitRefused
from service.facts.case import ExhibitReference


def plain_pdf(pages: int = 1) -> bytes:
    pdf = Pdf.new()
    for number in range(pages):
        pdf.add_blank_page()
        pdf.pages[-1].obj.Contents = pdf.make_stream(f"0 0 m 100 {number} l S".encode())
    return saved(pdf)


def saved(pdf: Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **{"deterministic_id": True, **options})
    return target.getvalue()


def altered(change: Callable[[Pdf], None], pages: int = 1) -> bytes:
    pdf = pikepdf.open(io.BytesIO(plain_pdf(pages)))
    change(pdf)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def bookmarks(count: int) -> Callable[[Pdf], None]:
    def add(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Part {number}", 0) for number in range(count))

    return add


def script(name: str = "/JavaScript") -> Dictionary:
    return Dictionary(S=Name(name), JS=String("app.alert(1)"))


def annotation(**members: object) -> Callable[[Pdf], None]:
    def add(pdf: Pdf) -> None:
        mark = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **members)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
        if mark.Subtype == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)

    return add


def stream_with(content: bytes, filters: list[str]) -> Callable[[Pdf], None]:
    def add(pdf: Pdf) -> None:
        packed = Stream(pdf, content)
        packed.stream_dict["/Filter"] = Array([Name(each) for each in filters])
        pdf.Root.Packed = pdf.make_indirect(packed)

    return add


def root(**members: object) -> Callable[[Pdf], None]:
    def add(pdf: Pdf) -> None:
        for key, value in members.items():
            pdf.Root[f"/{key}"] = value

    return add


def attach(pdf: Pdf) -> None:
    pdf.attachments["ledger.txt"] = b"rows"


def embed_outside_the_name_tree(pdf: Pdf) -> None:
    held = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)
    pdf.Root.Held = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=held))


def xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def script_behind_an_indirect_name(pdf: Pdf) -> None:
    kind = pdf.make_indirect(Name.JavaScript)
    action = pdf.make_indirect(Dictionary(S=kind, JS=String("1")))
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=action)])


def chained_script(pdf: Pdf) -> None:
    first = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Array([script()]))
    pdf.Root.OpenAction = first


def page_listed_twice(pdf: Pdf) -> None:
    kids = pdf.Root.Pages.Kids
    kids.append(kids[0])
    pdf.Root.Pages.Count = 2


def handwritten(count: int = 1, media_box: str = "[0 0 612 792]", shift: int = 0) -> bytes:
    """One page as bytes; ``count`` is what the page tree claims, ``shift`` makes the cross-references lie."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count {count} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {media_box} /Resources << >> >>",
    ]
    written, table = "%PDF-1.7\n", "0000000000 65535 f \n"
    for number, body in enumerate(bodies, start=1):
        table += f"{len(written) + shift:010d} 00000 n \n"
        written += f"{number} 0 obj\n{body}\nendobj\n"
    trailer = f"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 4\n{table}{trailer}".encode()


def escaped_script_name() -> bytes:
    """``/J#61vaScript`` is ``/JavaScript`` to every reader; the placeholder keeps all offsets."""
    return altered(root(OpenAction=script("/QQQQQQQQQQQQ"))).replace(b"/QQQQQQQQQQQQ", b"/J#61vaScript")


def misplaced_cross_references() -> bytes:
    head, marker, tail = plain_pdf().rpartition(b"startxref")
    return head + marker + tail.replace(tail.split()[0], b"7" * len(tail.split()[0]))


def unclosed_page_tree(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def senseless_tags(pdf: Pdf) -> None:
    parents = Dictionary(Nums=Array([0, Name.Nobody, 1]))
    pdf.Root.StructTreeRoot = Dictionary(K=Array([7, Dictionary(S=String("P"))]), ParentTree=parents)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.pages[0].obj.StructParents = String("first")


def deflated(times: int, content: bytes) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def encrypted(owner: str, user: str) -> bytes:
    return saved(
        pikepdf.open(io.BytesIO(plain_pdf())),
        deterministic_id=False,
        encryption=pikepdf.Encryption(owner=owner, user=user),
    )


def zip_behind_a_pdf() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("run.exe", b"MZ")
    return plain_pdf() + archive.getvalue()


def drawn(content: bytes) -> bytes:
    def draw(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(zlib.compress(content), Filter=Name.FlateDecode)

    return altered(draw)


def forms_in_forms(pdf: Pdf) -> None:
    """Ten to the eighth squares, in two kilobytes."""
    shape = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 1, 1])}
    form = pdf.make_stream(b"0 0 1 1 re f", **shape)
    for _ in range(8):
        inner = Dictionary(XObject=Dictionary(X=form))
        form = pdf.make_stream(b"/X Do " * 10, Resources=inner, **shape)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")


def form_in_itself(pdf: Pdf) -> None:
    form = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")


def many_small_bombs(pdf: Pdf) -> None:
    packed = zlib.compress(bytes(4 * MIB), 9)
    pdf.Root.Packed = Array([pdf.make_stream(packed, Filter=Name.FlateDecode) for _ in range(30)])


def vast_picture(pdf: Pdf) -> None:
    shown = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=20_000, Height=20_000)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=shown))


def picture(width: int, height: int, kind: str = "PNG", **options: Any) -> bytes:
    target = io.BytesIO()
    Image.new("L", (width, height), 200).save(target, kind, **options)
    return target.getvalue()


def moving_picture() -> bytes:
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 99, 200)]
    target = io.BytesIO()
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    return target.getvalue()


MIB = 1024 * 1024
ZEROS = bytes(5 * MIB)
LIMITS = ExhibitLimits(max_stream_bytes=4 * MIB)
FLATE = "/FlateDecode"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a web page renamed": (lambda: b"<!doctype html><p>Decree", "exhibit_not_pdf"),
    "a Word file renamed": (lambda: b"PK\x03\x04" + bytes(200), "exhibit_not_pdf"),
    "only a header": (lambda: b"%PDF-1.7\n", "exhibit_broken"),
    "cut in the middle": (lambda: plain_pdf(9)[:-300], "exhibit_broken"),
    "junk before the header": (lambda: b"MZ junk\n" + plain_pdf(), "exhibit_leading_junk"),
    "an archive behind the end": (zip_behind_a_pdf, "exhibit_polyglot"),
    "a script behind the end": (lambda: plain_pdf() + b"<script>alert(1)</script>", "exhibit_polyglot"),
    "a user password": (lambda: encrypted("o", "u"), "exhibit_encrypted"),
    "an owner password only": (lambda: encrypted("o", ""), "exhibit_encrypted"),
    "a script on opening": (lambda: altered(root(OpenAction=script())), "exhibit_active"),
    "a script chained behind a harmless opening": (lambda: altered(chained_script), "exhibit_active"),
    "a script in the name tree": (
        lambda: altered(root(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script()]))))),
        "exhibit_active",
    ),
    "a script on a page event": (
        lambda: altered(lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=script()))),
        "exhibit_active",
    ),
    "a harmless action on a page event": (
        lambda: altered(lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=Dictionary(S=Name.Named)))),
        "exhibit_active",
    ),
    "a script on a link": (lambda: altered(annotation(Subtype=Name.Link, A=script())), "exhibit_active"),
    "a script behind an indirect name": (lambda: altered(script_behind_an_indirect_name), "exhibit_active"),
    "a launch": (
        lambda: altered(annotation(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
        "exhibit_active",
    ),
    "a form that sends": (
        lambda: altered(annotation(Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F=String("http://x")))),
        "exhibit_active",
    ),
    "a form that imports": (
        lambda: altered(annotation(Subtype=Name.Widget, A=Dictionary(S=Name.ImportData, F=String("x")))),
        "exhibit_active",
    ),
    "a jump into an embedded file": (
        lambda: altered(annotation(Subtype=Name.Link, A=Dictionary(S=Name.GoToE, D=String("x")))),
        "exhibit_active",
    ),
    "a jump to another file": (
        lambda: altered(annotation(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("//host/x")))),
        "exhibit_active",
    ),
    "rich media": (lambda: altered(annotation(Subtype=Name.RichMedia)), "exhibit_active"),
    "a stream kept in another file": (
        lambda: altered(lambda pdf: pdf.pages[0].obj.Contents.stream_dict.__setitem__("/F", String("//host/x"))),
        "exhibit_active",
    ),
    "an attachment": (lambda: altered(attach), "exhibit_embedded_files"),
    "an attachment outside the name tree": (lambda: altered(embed_outside_the_name_tree), "exhibit_embedded_files"),
    "an attachment on the page": (lambda: altered(annotation(Subtype=Name.FileAttachment)), "exhibit_embedded_files"),
    "a portfolio": (lambda: altered(root(Collection=Dictionary())), "exhibit_embedded_files"),
    "a dynamic form": (lambda: altered(xfa), "exhibit_xfa"),
    "a bomb": (lambda: altered(stream_with(deflated(1, ZEROS), [FLATE])), "exhibit_bomb"),
    "a bomb in a bomb": (lambda: altered(stream_with(deflated(2, ZEROS), [FLATE, FLATE])), "exhibit_bomb"),
    "a bomb four deep": (lambda: altered(stream_with(deflated(4, ZEROS), [FLATE] * 4)), "exhibit_bomb"),
    "a bomb under an image codec": (
        lambda: altered(stream_with(deflated(1, ZEROS), [FLATE, "/DCTDecode"])),
        "exhibit_bomb",
    ),
    "a page count of two billion": (lambda: handwritten(count=2_000_000_000), "exhibit_broken"),
    "a page tree that contains itself": (lambda: altered(unclosed_page_tree), "exhibit_broken"),
    "a script under an escaped name": (escaped_script_name, "exhibit_active"),
    "one page listed twice": (lambda: altered(page_listed_twice), "exhibit_broken"),
    "a cross-reference table at the wrong place": (misplaced_cross_references, "exhibit_broken"),
    "cross-reference offsets that lie": (lambda: handwritten(shift=2), "exhibit_broken"),
    "a damaged stream": (lambda: altered(stream_with(b"not deflated", [FLATE])), "exhibit_broken"),
    "an unknown filter": (lambda: altered(stream_with(b"x", ["/Mystery"])), "exhibit_broken"),
    "tags that make no sense": (lambda: altered(senseless_tags), "exhibit_broken"),
    "annotations that are none": (
        lambda: altered(lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([1, Name.X]))),
        "exhibit_broken",
    ),
    "too many pages": (lambda: plain_pdf(501), "exhibit_too_many_pages"),
    "a page drawn with a million strokes": (lambda: drawn(b"0 0 1 1 re f\n" * 400_000), "exhibit_bomb"),
    "a page that saves its state a million times": (lambda: drawn(b"q " * 2_500_000), "exhibit_bomb"),
    "forms that show forms ten to the eighth times": (lambda: altered(forms_in_forms), "exhibit_bomb"),
    "a form that shows itself": (lambda: altered(form_in_itself), "exhibit_bomb"),
    "many small bombs": (lambda: altered(many_small_bombs), "exhibit_bomb"),
    "more bookmarks than anybody opens": (lambda: altered(bookmarks(2_001)), "exhibit_bomb"),
    "more objects than any exhibit needs": (lambda: plain_pdf() + b"1 0 obj" * 60_000, "exhibit_bomb"),
    "arrays nested a hundred thousand deep": (
        lambda: handwritten(media_box=f"[0 0 612 792] /X {'[' * 100_000}{']' * 100_000}"),
        "exhibit_broken",
    ),
    "a picture of 400 million pixels in a PDF": (lambda: altered(vast_picture), "exhibit_bomb"),
    "a picture of 64 million pixels": (lambda: picture(8_000, 8_000), "exhibit_picture"),
    "a picture cut in the middle": (lambda: picture(300, 300)[:-40], "exhibit_broken"),
    "a picture that is only its first bytes": (lambda: b"\xff\xd8\xff" + bytes(500), "exhibit_broken"),
    "a picture that moves": (moving_picture, "exhibit_picture"),
    "a picture and an archive": (lambda: picture(9, 9) + zip_behind_a_pdf(), "exhibit_polyglot"),
    "a page of one point": (lambda: handwritten(media_box="[0 0 612 1]"), "exhibit_page_size"),
    "a page larger than PDF knows": (lambda: handwritten(media_box="[0 0 612 20000]"), "exhibit_page_size"),
}


@pytest.fixture(scope="module")
def examiner() -> Iterator[ExhibitExaminer]:
    with ExhibitExaminer() as examiner:
        yield examiner


def reference(identity: str = "exhibit-a", label: str = "A") -> ExhibitReference:
    return ExhibitReference(id=identity, label=label, title="Decree of Divorce", file="decree.pdf")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_exhibit_is_refused_with_its_code_and_the_next_one_is_served(
    name: str, examiner: ExhibitExaminer
) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(ExhibitRefused) as refusal:
        examine_exhibits([reference()], {"exhibit-a": make()}, LIMITS, examiner=examiner)
    assert code in {fault.code for fault in refusal.value.faults}
    assert {fault.pointer for fault in refusal.value.faults} == {"/exhibits/0/file"}
    (exhibit,) = examine_exhibits([reference()], {"exhibit-a": plain_pdf(3)}, LIMITS, examiner=examiner)
    assert exhibit.pages == 3


def test_no_hostile_exhibit_takes_500_megabytes() -> None:
    """The examining process is watched at its highest, whatever the limits of an installation."""
    worst = (forms_in_forms, many_small_bombs)
    for content in (*(altered(change) for change in worst), drawn(b"q " * 2_500_000), picture(6_000, 6_000)):
        with ExhibitExaminer() as examiner:
            examiner.inspect(plain_pdf(), ExhibitLimits())
            process = examiner._running()
            examiner.inspect(content, ExhibitLimits())
            assert process.poll() is not None or memory_at_its_highest(process.pid) < 500 * MIB
    assert ExhibitLimits().memory_bytes < 500 * MIB


def memory_at_its_highest(process: int) -> int:
    (line,) = (line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def test_an_accepted_exhibit_stays_byte_for_byte_what_was_sent(examiner: ExhibitExaminer) -> None:
    content = plain_pdf(2)
    (exhibit,) = examine_exhibits([reference()], {"exhibit-a": content}, ExhibitLimits(), examiner=examiner)
    assert exhibit.content == content
    assert (exhibit.file_name, exhibit.label, exhibit.pages) == ("01-exhibit-a", "A", 2)


def test_all_faults_of_all_exhibits_come_at_once() -> None:
    references = [reference(f"exhibit-{label.lower()}", label) for label in "ABCDEF"]
    sent = {
        "exhibit-a": b"",
        "exhibit-b": plain_pdf(),
        "exhibit-c": altered(xfa),
        "exhibit-d": b"x" * 2_000,
        "exhibit-f": altered(lambda pdf: (attach(pdf), root(OpenAction=script())(pdf))),
        "exhibit-z": b"anything",
        "Jane Doe's decree": b"anything",
    }
    with pytest.raises(ExhibitRefused) as refusal:
        examine_exhibits(references, sent, ExhibitLimits(max_bytes=1_900))
    found = [(fault.pointer, fault.code) for fault in refusal.value.faults]
    assert found[:2] == [("/exhibits", "exhibit_unexpected")] * 2
    assert found[2] == ("/exhibits/0/file", "exhibit_empty")
    assert ("/exhibits/2/file", "exhibit_xfa") in found
    assert ("/exhibits/3/file", "exhibit_too_large") in found
    assert ("/exhibits/4/file", "exhibit_missing") in found
    assert {code for pointer, code in found if pointer == "/exhibits/5/file"} == {
        "exhibit_active",
        "exhibit_embedded_files",
    }
    assert not any("Doe" in fault.message for fault in refusal.value.faults)
    assert not [each for each in found if each[0] == "/exhibits/1/file"]


def test_a_font_that_happens_to_be_named_like_an_event_is_no_action(examiner: ExhibitExaminer) -> None:
    def fonts(pdf: Pdf) -> None:
        face = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary({"/AA": face, "/EF": face, "/JS": face}))

    assert examiner.inspect(altered(fonts), ExhibitLimits()).findings == ()


def test_bookmarks_that_lead_round_in_circles_are_counted_once(examiner: ExhibitExaminer) -> None:
    def closed_ring(pdf: Pdf) -> None:
        bookmarks(3)(pdf)
        outlines = pdf.Root.Outlines
        outlines.Last.Next = outlines.First

    few = ExhibitLimits(max_bookmarks=3)
    assert "exhibit_bomb" not in [each.code for each in examiner.inspect(altered(closed_ring), few).findings]
    assert examiner.inspect(altered(bookmarks(3)), few).findings == ()
    assert [each.code for each in examiner.inspect(altered(bookmarks(4)), few).findings] == ["exhibit_bomb"]


def test_an_opening_that_only_goes_to_a_page_is_accepted(examiner: ExhibitExaminer) -> None:
    def opening(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))

    assert examiner.inspect(altered(opening), ExhibitLimits()).findings == ()


def test_too_little_memory_is_a_finding_and_the_examiner_recovers(examiner: ExhibitExaminer) -> None:
    heavy = altered(stream_with(deflated(1, bytes(80 * MIB)), [FLATE]))
    roomy = ExhibitLimits(max_stream_bytes=320 * MIB)
    cramped = ExhibitLimits(max_stream_bytes=320 * MIB, memory_bytes=110 * MIB)
    assert examiner.inspect(heavy, roomy).findings == ()
    assert [each.code for each in examiner.inspect(heavy, cramped).findings] == ["exhibit_bomb"]
    assert examiner.inspect(plain_pdf(), roomy).findings == ()


def test_a_file_that_stalls_the_examination_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.assembling.exhibits.process._GRACE_S", 0.0)
    with ExhibitExaminer() as examiner:
        examiner.inspect(plain_pdf(), ExhibitLimits())
        frozen = examiner._running()
        os.kill(frozen.pid, signal.SIGSTOP)
        inspection = examiner.inspect(plain_pdf(), ExhibitLimits(timeout_s=0.2))
        assert [each.code for each in inspection.findings] == ["exhibit_bomb"]
        assert frozen.returncode == -signal.SIGKILL
        assert examiner.inspect(plain_pdf(), ExhibitLimits()).findings == ()


def test_a_crash_between_exhibits_goes_unnoticed() -> None:
    with ExhibitExaminer() as examiner:
        examiner.start()
        first = examiner._running()
        first.kill()
        first.wait()
        assert examiner.inspect(plain_pdf(), ExhibitLimits()).findings == ()
        assert examiner._running().pid != first.pid


def test_a_crash_over_an_exhibit_refuses_that_exhibit_only() -> None:
    with ExhibitExaminer() as examiner:
        examiner.inspect(plain_pdf(), ExhibitLimits())
        frozen = examiner._running()
        os.kill(frozen.pid, signal.SIGSTOP)
        killer = threading.Timer(0.3, frozen.kill)
        killer.start()
        inspection = examiner.inspect(plain_pdf(), ExhibitLimits())
        killer.join()
        assert [finding.code for finding in inspection.findings] == ["exhibit_broken"]
        assert frozen.returncode is not None
        assert examiner.inspect(plain_pdf(), ExhibitLimits()).findings == ()


def examined_elsewhere(content: bytes) -> int:
    with ExhibitExaminer() as examiner:
        return examiner.inspect(content, ExhibitLimits()).pages


def test_a_daemonic_worker_may_examine_exhibits() -> None:
    with ProcessPool(max_workers=1, context=multiprocessing.get_context("fork")) as pool:
        assert pool.schedule(examined_elsewhere, args=[plain_pdf(2)]).result() == 2


def test_no_process_outlives_its_examiner() -> None:
    with ExhibitExaminer() as examiner:
        examiner.inspect(plain_pdf(), ExhibitLimits())
        process = examiner._running()
    assert process.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_process_for_one_exhibit_answers_like_a_warm_one(examiner: ExhibitExaminer) -> None:
    content = altered(xfa)
    assert inspect_in_subprocess(content, ExhibitLimits()) == examiner.inspect(content, ExhibitLimits())


def test_the_examining_process_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCSE_SIGNING_KEY_PASSWORD", "hunter2")
    with ExhibitExaminer() as examiner:
        examiner.inspect(plain_pdf(), ExhibitLimits())
        with open(f"/proc/{examiner._running().pid}/environ", "rb") as environment:  # noqa: PTH123  procfs
            assert b"OCSE" not in environment.read()
