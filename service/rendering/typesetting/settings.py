"""What holds for the whole document: its settings part, and title, author and date from its core properties."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from service.errors import Fault
from service.rendering.typesetting.archive import MAIN_PART, WordArchive
from service.rendering.typesetting.attributes import Attributes, NotSupported
from service.rendering.typesetting.names import W, short

_CORE: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"

_INVISIBLE: Final = frozenset(
    {
        # how Word shows and saves the document
        *("zoom", "view", "embedSystemFonts", "embedTrueTypeFonts", "saveSubsetFonts", "savePreviewPicture"),
        *("doNotTrackMoves", "doNotTrackFormatting", "trackRevisions", "revisionView", "removePersonalInformation"),
        *("removeDateAndTime", "hideSpellingErrors", "hideGrammaticalErrors", "proofState", "stylePaneFormatFilter"),
        *(
            "stylePaneSortMethod",
            "attachedTemplate",
            "linkStyles",
            "documentType",
            "defaultTableStyle",
            "clickAndTypeStyle",
        ),
        *(
            "activeWritingStyle",
            "formsDesign",
            "alwaysShowPlaceholderText",
            "updateFields",
            "hdrShapeDefaults",
            "shapeDefaults",
        ),
        *(
            "doNotIncludeSubdocsInStats",
            "doNotAutoCompressPictures",
            "doNotEmbedSmartTags",
            "smartTagType",
            "schemaLibrary",
        ),
        *("attachedSchema", "docVars", "captions", "readModeInkLockDown", "rsids", "themeFontLang", "clrSchemeMapping"),
        *(
            "decimalSymbol",
            "listSeparator",
            "documentProtection",
            "writeProtection",
            "printTwoOnOne",
            "saveThroughXslt",
        ),
        *(
            "ignoreMixedContent",
            "showXMLTags",
            "alwaysMergeEmptyNamespace",
            "saveInvalidXml",
            "doNotValidateAgainstSchema",
        ),
        *("footnotePr", "endnotePr", "doNotShadeFormData", "noPunctuationKerning", "characterSpacingControl"),
        *("displayBackgroundShape", "consecutiveHyphenLimit"),
        *("hyphenationZone", "doNotHyphenateCaps", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"),
        *(
            "displayHorizontalDrawingGridEvery",
            "displayVerticalDrawingGridEvery",
            "doNotUseMarginsForDrawingGridOrigin",
        ),
        *("drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "noLineBreaksAfter", "noLineBreaksBefore"),
    }
)
"""Settings that change nothing on the page, most of them about Word's own windows and about East Asian text."""

_INVISIBLE_COMPATIBILITY: Final = frozenset(
    {
        *("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents"),
        *("differentiateMultirowTableHeaders", "useWord2013TrackBottomHyphenation", "allowHyphenationAtTrackBottom"),
        *("useFELayout", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "doNotBreakWrappedTables"),
        *("compressPunctuation", "spaceForUL", "ulTrailSpace", "adjustLineHeightInTable"),
    }
)
"""Options about ligatures, hyphenation, mirrored indents and East Asian text, none of which is set here."""

_REFUSED_WHEN_ON: Final = (
    "autoHyphenation",
    "mirrorMargins",
    "gutterAtTop",
    "bookFoldPrinting",
    "strictFirstAndLastChars",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSettings:
    """``compatibility`` is Word's layout generation (15 since 2013); ``default_tab`` is in points.

    ``spaces_add``: whether the space after a paragraph and before the next add up; of the two Word takes the larger
    unless told so (``doNotUseHTMLParagraphAutoSpacing``). Page borders go around header and footer unless told not to.
    """

    title: str
    author: str
    dated: date
    even_and_odd: bool
    compatibility: int
    default_tab: float
    spaces_add: bool
    borders_around_header: bool
    borders_around_footer: bool


class SettingsReader:
    """Reads the settings of one document and keeps what is wrong with them."""

    def __init__(self, archive: WordArchive) -> None:
        self.faults: list[Fault] = []
        self._archive = archive
        self._even_and_odd = False
        self._compatibility = 12
        self._default_tab = 36.0
        self._spaces_add = False
        self._inside = {"bordersDoNotSurroundHeader": False, "bordersDoNotSurroundFooter": False}

    def read(self) -> DocumentSettings:
        """The settings; where a fault was found the value is only a stand-in."""
        part = self._archive.related(MAIN_PART, "settings")
        for child in self._archive.tree(part) if part is not None else ():
            self._setting(part or "", child)
        title, author, dated = self._core_properties()
        return DocumentSettings(
            title=title,
            author=author,
            dated=dated,
            even_and_odd=self._even_and_odd,
            compatibility=self._compatibility,
            default_tab=self._default_tab,
            spaces_add=self._spaces_add,
            borders_around_header=not self._inside["bordersDoNotSurroundHeader"],
            borders_around_footer=not self._inside["bordersDoNotSurroundFooter"],
        )

    def _setting(self, part: str, element: etree._Element) -> None:
        try:
            self._read_setting(short(element), Attributes(element))
        except NotSupported as refusal:
            self.faults.append(Fault(code=refusal.problem.code, part=part, message=refusal.problem.message))

    def _read_setting(self, name: str, attributes: Attributes) -> None:
        if name == "evenAndOddHeaders":
            self._even_and_odd = attributes.flag()
        elif name == "defaultTabStop":
            self._default_tab = max(attributes.points() or 36.0, 1.0)
        elif name in self._inside:
            self._inside[name] = attributes.flag()
        elif name == "compat":
            self._read_compatibility(attributes.element)
        elif name in _REFUSED_WHEN_ON:
            if attributes.flag():
                raise NotSupported(f"The setting {name} is not typeset: turn it off in Word.")
        elif name not in _INVISIBLE and not name.startswith("{"):
            raise NotSupported(
                f"The setting {name} is not known to be without effect: turn it off in Word.", "unsupported_setting"
            )

    def _read_compatibility(self, compat: etree._Element) -> None:
        """Word's layout generation and switches; files that name no generation are laid out as by Word 2007 (12)."""
        for setting in compat:
            name = setting.get(W + "name") if short(setting) == "compatSetting" else short(setting)
            attributes = Attributes(setting)
            if name == "compatibilityMode":
                self._compatibility = attributes.number() or 12
            elif name == "doNotUseHTMLParagraphAutoSpacing":
                self._spaces_add = attributes.flag()
            elif name not in _INVISIBLE_COMPATIBILITY:
                raise NotSupported(
                    f"The compatibility option {name} is not typeset: turn it off in Word.", "unsupported_setting"
                )

    def _core_properties(self) -> tuple[str, str, date]:
        part = "docProps/core.xml"
        core = self._archive.tree(part) if part in self._archive else etree.Element(_CORE + "coreProperties")
        title = (core.findtext(_DC + "title") or "").strip()
        written = core.findtext(_TERMS + "modified") or core.findtext(_TERMS + "created") or ""
        if not title:
            self.faults.append(
                Fault(
                    code="title_missing",
                    part=part,
                    message="The document has no title: set it under File, Info, Title.",
                )
            )
        try:
            dated = date.fromisoformat(written[:10])
        except ValueError:
            dated = date(2000, 1, 1)
            self.faults.append(
                Fault(
                    code="date_missing", part=part, message="The document has no date of change: save it again in Word."
                )
            )
        return title, (core.findtext(_DC + "creator") or "").strip(), dated
