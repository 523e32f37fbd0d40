"""Objects of the imaging modalities."""
import dataclasses
import datetime

import numpy
import pydicom
from pydicom.data import get_testdata_file
from pydicom.uid import (
    ComputedRadiographyImageStorage, CTImageStorage, DigitalMammographyXRayImageStorageForPresentation,
    DigitalXRayImageStorageForPresentation, MRImageStorage, MultiFrameTrueColorSecondaryCaptureImageStorage,
    PositronEmissionTomographyImageStorage, SecondaryCaptureImageStorage, UltrasoundImageStorage,
    UltrasoundMultiFrameImageStorage, XRayAngiographicImageStorage,
)

from . import codecs, frames, texts
from .burned import Canvas
from .key import Place
from .study import Series, Study


def sample(name: str) -> pydicom.Dataset:
    """A real object of pydicom's, without its own private elements."""
    data = pydicom.dcmread(get_testdata_file(name))
    data.remove_private_tags()
    for keyword in ("DataSetTrailingPadding", "PixelData", "StudyComments", "AdditionalPatientHistory"):
        if keyword in data:
            del data[keyword]
    return data


def series(study: Study, modality: str, named: bool = False) -> Series:
    """A new series; where it is named, somebody has typed an identifier into its descriptions."""
    if named:
        return Series(study, modality, study.words.descriptor_with_name(study.random, modality, study.person, study.person.staff[0]),
                      study.words.descriptor_with_name(study.random, modality, study.person, study.person.staff[1]))
    return Series(study, modality, study.words.descriptor(study.random, modality), study.words.descriptor(study.random, modality))


def geometry(place: Place, study: Study, position: int, spacing: float) -> None:
    data = place.data
    place.uid("FrameOfReferenceUID", study.frame_of_reference)
    data.ImagePositionPatient = [-120.5, -118.25, -40 + 2.5 * position]
    data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    data.PixelSpacing, data.SliceThickness, data.SliceLocation = [spacing, spacing], "2.5", str(-40 + 2.5 * position)
    place.stays("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness", "SliceLocation")


def acquired(place: Place, study: Study, seconds: int) -> None:
    """The times of an acquisition; intervals between them must stay."""
    moment = study.moment + datetime.timedelta(seconds=seconds)
    place.date("AcquisitionDate", moment.date())
    place.data.AcquisitionTime = moment.strftime("%H%M%S.%f")
    place.moment("AcquisitionDateTime", moment)


def comments(place: Place, study: Study) -> None:
    """Free text in the attributes that modalities and people use for it."""
    sentences = study.words.history(study.person, study)
    study.random.shuffle(sentences)
    keywords = ["ImageComments", "AdditionalPatientHistory", "RequestedProcedureComments", "PatientComments",
                "CommentsOnThePerformedProcedureStep", "AcquisitionComments"]
    study.random.shuffle(keywords)
    for keyword, sentence in zip(keywords, sentences):
        if keyword == "PatientComments":
            # The basic profile and most options take it out: only what must go is required.
            sentence = texts.Text(sentence.value, sentence.remove, [])
        sentence.plant(place, keyword, "sentence")


TECHNICAL = [
    "Manufacturer", "ManufacturerModelName", "BodyPartExamined", "ImageType", "Rows", "Columns", "BitsStored",
    "PixelRepresentation", "RescaleSlope", "RescaleIntercept", "WindowCenter", "WindowWidth",
    "KVP", "XRayTubeCurrent", "ExposureTime", "ConvolutionKernel", "FilterType", "GantryDetectorTilt", "PatientPosition",
    "ScanningSequence", "SequenceVariant", "MRAcquisitionType", "RepetitionTime", "EchoTime", "FlipAngle",
    "MagneticFieldStrength", "ImagingFrequency", "SpacingBetweenSlices", "Units", "CorrectedImage", "DecayCorrection",
    "FrameReferenceTime", "ActualFrameDuration", "ViewPosition", "ImageLaterality", "CompressionForce", "TransducerType",
    "SequenceOfUltrasoundRegions", "PositionerPrimaryAngle", "PositionerSecondaryAngle", "FrameTime", "SoftwareVersions",
    "ContrastBolusAgent", "DataCollectionDiameter", "AcquisitionMatrix",
]


def finish(place: Place) -> Place:
    place.stays(*TECHNICAL)
    place.note("pixels_retained", "7FE00010", "", "pixels")
    return place


def ct(study: Study, count: int = 3) -> list[Place]:
    made, group = [], series(study, "CT")
    for number in range(count):
        data = sample("CT_small.dcm")
        place = group.object(data, CTImageStorage, "CT")
        codecs.set_frames(data, frames.slice_of(study.noise), 12, "MONOCHROME2")
        geometry(place, study, number, 0.9765)
        acquired(place, study, 60 + number)
        data.Manufacturer, data.ManufacturerModelName, data.BodyPartExamined = "SIEMENS", "SOMATOM Force", "CHEST"
        data.SoftwareVersions, data.ConvolutionKernel, data.KVP = "syngo CT VA50A", "Br40d", "120"
        data.ContrastBolusAgent = "Iopamidol 370"
        block = place.private(0x00E1, "ELSCINT1")
        block.stays(0x21, "DS", "412.7")
        if number == 0:
            comments(place, study)
        codecs.store(data, ["native", "j2k", "rle"][number % 3])
        made.append(finish(place))
    return made


def mr(study: Study, count: int = 3) -> list[Place]:
    made, group = [], series(study, "MR", named=True)
    for number in range(count):
        data = sample("MR_small.dcm")
        place = group.object(data, MRImageStorage, "MR")
        codecs.set_frames(data, frames.slice_of(study.noise, 192, 192, 700, 30), 12, "MONOCHROME2")
        geometry(place, study, number, 1.1)
        acquired(place, study, 200 + 7 * number)
        data.Manufacturer, data.ManufacturerModelName, data.BodyPartExamined = "SIEMENS", "MAGNETOM Prisma", "BRAIN"
        data.MagneticFieldStrength, data.SequenceName = "3", "*ep_b800t"
        person = study.person
        # The unsafe block takes the number that the safe one has elsewhere: only the creator tells them apart.
        hospital = place.private(0x0019, f"{person.station} PRIVATE")
        hospital.gone(0x0C, "LO", person.ascii_name)
        safe = place.private(0x0019, "SIEMENS MR HEADER")
        safe.stays(0x0C, "IS", "800")
        safe.stays(0x0E, "FD", [0.70710678, 0.70710678, 0.0])
        gems = place.private(0x0043, "GEMS_PARM_01")
        gems.stays(0x39, "IS", ["800", "8", "0", "0"])
        philips = place.private(0x2001, "Philips Imaging DD 001")
        philips.stays(0x03, "FL", 800.0)
        if number == 0:
            comments(place, study)
        codecs.store(data, ["native", "rle", "jls"][number % 3])
        made.append(finish(place))
    return made


def pt(study: Study, count: int = 2) -> list[Place]:
    """PET, whose uptake values are right only as long as all times move together."""
    made, group = [], series(study, "PT")
    for number in range(count):
        data = sample("CT_small.dcm")
        for keyword in ("KVP", "XRayTubeCurrent", "ExposureTime", "FilterType", "ConvolutionKernel", "GantryDetectorTilt",
                        "DataCollectionDiameter", "ContrastBolusAgent"):
            data.pop(keyword, None)
        place = group.object(data, PositronEmissionTomographyImageStorage, "PT")
        codecs.set_frames(data, frames.slice_of(study.noise, 168, 168, 4000, 200), 16, "MONOCHROME2")
        geometry(place, study, number, 4.07)
        acquired(place, study, 3600 + 120 * number)
        data.Manufacturer, data.ManufacturerModelName, data.BodyPartExamined = "GE MEDICAL SYSTEMS", "Discovery MI", "WHOLEBODY"
        data.ImageType = ["ORIGINAL", "PRIMARY"]
        data.Units, data.CorrectedImage, data.DecayCorrection = "BQML", ["DECY", "ATTN", "SCAT"], "START"
        data.FrameReferenceTime, data.ActualFrameDuration = "60000", "120000"
        data.RescaleSlope, data.RescaleIntercept = "1.25", "0"
        isotope = place.item("RadiopharmaceuticalInformationSequence")
        injected = study.moment - datetime.timedelta(minutes=61, seconds=17)
        isotope.moment("RadiopharmaceuticalStartDateTime", injected, "nested date")
        isotope.data.RadiopharmaceuticalStartTime = injected.strftime("%H%M%S")
        isotope.data.Radiopharmaceutical = "FDG"
        isotope.data.RadionuclideTotalDose, isotope.data.RadionuclideHalfLife = "3.52e8", "6586.2"
        isotope.stays("Radiopharmaceutical", "RadionuclideTotalDose", "RadionuclideHalfLife")
        philips = place.private(0x7053, "Philips PET Private Group")
        philips.stays(0x00, "DS", "0.000412")
        made.append(finish(place))
    return made


def enhanced_mr(study: Study) -> list[Place]:
    """Many frames in one object, with dates, text and references inside the functional groups of each."""
    data = pydicom.dcmread(get_testdata_file("emri_small.dcm"))
    data.remove_private_tags()
    pixels = data.PixelData
    place = series(study, "MR").object(data, data.SOPClassUID, "enhanced MR")
    data.PixelData = pixels
    place.uid("FrameOfReferenceUID", study.frame_of_reference)
    for number in range(int(data.NumberOfFrames)):
        groups = place.item("PerFrameFunctionalGroupsSequence")
        diffusion = groups.item("MRDiffusionSequence")
        diffusion.data.DiffusionBValue = 100.0 * number
        diffusion.stays("DiffusionBValue")
        position = groups.item("PlanePositionSequence")
        position.data.ImagePositionPatient = [0, 0, 3 * number]
        position.stays("ImagePositionPatient")
        frame = groups.item("FrameContentSequence")
        frame.moment("FrameAcquisitionDateTime", study.moment + datetime.timedelta(seconds=number), "nested date")
        frame.moment("FrameReferenceDateTime", study.moment + datetime.timedelta(seconds=number), "nested date")
        frame.put("FrameComments", f"frame {number} of {study.person.ascii_name}", kind="nested",
                  remove=[study.person.ascii_name.split("^")[0]])
    return [finish(place)]


# Pictures with text in them ------------------------------------------------------------------------------------------

FACES = ["sans", "mono", "bold", "bitmap"]


def phrases(study: Study) -> list[str]:
    """What scanners write of a patient and an examination."""
    person = study.person
    family, given = person.ascii_name.split("^")
    return [
        f"{family.upper()}, {given.upper()}", f"ID: {person.id}", f"DOB {person.birth:%d.%m.%Y}", person.hospital,
        f"{study.date:%d/%m/%Y} {study.time:%H:%M:%S}", f"{family} {given} {person.birth:%Y-%m-%d}", f"Acc {study.accession}",
        f"Dr. {person.staff[0].split('^')[0]}",
    ]


def burn(place: Place, study: Study, canvas: Canvas, lines: int, sizes: list[int], contrasts: list[float], angles: list[int],
         some_frames: bool = False, dark: bool = False, tint=None) -> None:
    chosen = phrases(study)
    study.random.shuffle(chosen)
    for number in range(lines):
        size = study.random.choice(sizes)
        # Nobody reads eight pixels in grey on grey: small text is written in full contrast, as scanners do.
        contrast = 1.0 if size < 11 else study.random.choice(contrasts)
        only = [study.random.randrange(canvas.frames.shape[0])] if some_frames and number % 2 else None
        canvas.write_somewhere(
            study.random, chosen[number % len(chosen)], size, contrast=contrast, angle=study.random.choice(angles),
            face=study.random.choice(FACES), frames=only, dark=dark, tint=tint)


def keep_regions(place: Place, canvas: Canvas) -> None:
    from .key import Action

    for region in canvas.regions:
        if region["role"] == "identifying":
            place.key.actions.append(Action("pixels_hidden", "7FE00010", region["text"], f"burned in, {region['size']} px", region))
        else:
            place.key.actions.append(Action("technical_text", "7FE00010", region["text"], "technical text", region))


def ultrasound(study: Study, codec: str, count: int = 1, extended: bool = False, clean: bool = False) -> list[Place]:
    data = sample("examples_rgb_color.dcm")
    for keyword in ("NumberOfFrames", "FrameIncrementPointer", "FrameTime", "UltrasoundColorDataPresent"):
        data.pop(keyword, None)
    place = series(study, "US").object(
        data, UltrasoundMultiFrameImageStorage if count > 1 else UltrasoundImageStorage, f"US {codec}")
    canvas = Canvas(frames.ultrasound(study.noise, count), 255)
    canvas.write("MI 0.9  TIS 0.4", 480, 12, 13, face="mono", role="technical")
    canvas.write("Depth 12.0 cm", 480, 40, 13, face="mono", role="technical")
    if not clean:
        canvas.write_somewhere(study.random, phrases(study)[0], 16, face="sans")
        burn(place, study, canvas, 4, [8, 10, 12, 14, 18, 24], [1.0, 0.6, 0.35], [0, 0, 0, 90],
             some_frames=count > 1, tint=study.random.choice([None, (255, 220, 90), (120, 255, 160)]))
    codecs.set_frames(data, canvas.frames, 8, "RGB")
    if count > 1:
        data.FrameTime, data.FrameIncrementPointer = "33.3", pydicom.tag.Tag(0x0018, 0x1063)
    data.BurnedInAnnotation = "YES" if not clean else "NO"
    if study.random.random() < 0.5 and not clean:
        del data.BurnedInAnnotation  # as most scanners do
    data.Manufacturer, data.ManufacturerModelName, data.BodyPartExamined = "Philips Medical Systems", "EPIQ 7G", "ABDOMEN"
    acquired(place, study, 30)
    codecs.store(data, codec, extended)
    place.key.lossy = codec == "jpeg"
    keep_regions(place, canvas)
    return [finish(place)]


def mammogram(study: Study) -> list[Place]:
    data = sample("CT_small.dcm")
    for keyword in ("FrameOfReferenceUID", "GantryDetectorTilt", "ConvolutionKernel", "ImagePositionPatient", "ImageOrientationPatient",
                    "RescaleType", "SliceLocation", "SliceThickness", "PixelSpacing", "FilterType", "ContrastBolusAgent"):
        data.pop(keyword, None)
    group = series(study, "MG")
    place = group.object(data, DigitalMammographyXRayImageStorageForPresentation, "MG")
    canvas = Canvas(frames.mammogram(study.noise), 4095)
    canvas.write("L CC", 700, 40, 34, face="bold", role="technical")
    burn(place, study, canvas, 4, [14, 18, 24, 32, 40], [1.0, 0.5, 0.3], [0, 0, 90, 270, 180])
    codecs.set_frames(data, canvas.frames, 12, "MONOCHROME2")
    data.ImageLaterality, data.ViewPosition, data.CompressionForce, data.BodyPartExamined = "L", "CC", "96.1", "BREAST"
    data.Manufacturer, data.ManufacturerModelName = "HOLOGIC, Inc.", "Selenia Dimensions"
    data.RescaleSlope, data.RescaleIntercept = "1", "0"
    acquired(place, study, 20)
    codecs.store(data, study.random.choice(["native", "j2k", "jls"]))
    keep_regions(place, canvas)
    return [finish(place)]


def radiograph(study: Study, modality: str) -> list[Place]:
    data = sample("CT_small.dcm")
    for keyword in ("FrameOfReferenceUID", "GantryDetectorTilt", "ConvolutionKernel", "ImagePositionPatient", "ImageOrientationPatient",
                    "SliceLocation", "SliceThickness", "PixelSpacing", "RescaleType", "ContrastBolusAgent"):
        data.pop(keyword, None)
    uid = DigitalXRayImageStorageForPresentation if modality == "DX" else ComputedRadiographyImageStorage
    place = series(study, modality).object(data, uid, modality)
    picture = frames.radiograph(study.noise)
    inverted = modality == "CR"
    canvas = Canvas(picture, 4095)
    canvas.write("R", 690, 60, 40, face="bold", role="technical", dark=inverted)
    burn(place, study, canvas, 4, [12, 16, 20, 28, 40], [0.8, 0.5, 0.3], [0, 0, 90, 8, -12], dark=inverted)
    codecs.set_frames(data, canvas.frames, 12, "MONOCHROME1" if inverted else "MONOCHROME2")
    data.BodyPartExamined, data.ViewPosition = "CHEST", "PA"
    data.Manufacturer, data.ManufacturerModelName = "Agfa", "DX-D 600"
    place.gone("PlateID", study.person.serial[::-1], kind="device")
    place.gone("CassetteID", study.person.serial[::-1] + "C", kind="device")
    acquired(place, study, 10)
    codecs.store(data, "rle" if inverted else "native")
    keep_regions(place, canvas)
    return [finish(place)]


def angiogram(study: Study) -> list[Place]:
    data = sample("CT_small.dcm")
    for keyword in ("FrameOfReferenceUID", "GantryDetectorTilt", "ConvolutionKernel", "ImagePositionPatient", "ImageOrientationPatient",
                    "SliceLocation", "SliceThickness", "PixelSpacing", "RescaleSlope", "RescaleIntercept", "RescaleType"):
        data.pop(keyword, None)
    place = series(study, "XA").object(data, XRayAngiographicImageStorage, "XA")
    canvas = Canvas(frames.angiogram(study.noise, 6), 1023)
    burn(place, study, canvas, 4, [10, 12, 16, 20], [0.6, 0.4, 0.25], [0, 0, 0, 90], some_frames=True)
    codecs.set_frames(data, canvas.frames, 10, "MONOCHROME2")
    data.PositionerPrimaryAngle, data.PositionerSecondaryAngle, data.FrameTime = "30.1", "-20.4", "66.6"
    data.FrameIncrementPointer = pydicom.tag.Tag(0x0018, 0x1063)
    data.BodyPartExamined = "HEART"
    acquired(place, study, 45)
    codecs.store(data, "j2k")
    keep_regions(place, canvas)
    return [finish(place)]


def capture(study: Study) -> list[Place]:
    """A screen's capture, full of text: it may be kept back."""
    data = sample("SC_rgb.dcm") if get_testdata_file("SC_rgb.dcm") else sample("SC_rgb_rle.dcm")
    place = series(study, "OT", named=True).object(data, SecondaryCaptureImageStorage, "SC")
    place.key.may_refuse = True
    canvas = Canvas(frames.screen(study.noise), 255)
    burn(place, study, canvas, 6, [9, 11, 13, 16, 20, 30], [1.0, 0.5], [0], tint=(255, 255, 200))
    codecs.set_frames(data, canvas.frames, 8, "RGB")
    place.date("DateOfSecondaryCapture", study.date)
    comments(place, study)
    keep_regions(place, canvas)
    return [finish(place)]


def clean_capture(study: Study) -> list[Place]:
    """Multi-frame secondary capture without a letter in it: its pixels stay, every one."""
    data = sample("SC_rgb_rle.dcm")
    place = series(study, "OT").object(data, MultiFrameTrueColorSecondaryCaptureImageStorage, "SC without text")
    picture = numpy.concatenate([frames.ultrasound(study.noise, 2, 240, 320)])
    codecs.set_frames(data, picture, 8, "RGB")
    data.FrameIncrementPointer = pydicom.tag.Tag(0x0018, 0x1063)
    data.FrameTime = "100"
    data.BurnedInAnnotation = "NO"
    codecs.store(data, "rle")
    return [finish(place)]


def unused_bits(study: Study) -> list[Place]:
    """A name drawn into a bit above those that the pixels use, as old scanners wrote their overlays."""
    (place,) = ct(study, 1)
    place.key.kind, data = "overlay in unused bits", place.data
    bits = Canvas(numpy.zeros((1, 256, 256), numpy.uint8), 255)
    bits.write(study.person.ascii_name, 10, 40, 16)
    words = frames.slice_of(study.noise) & 0x0FFF
    words |= (bits.frames > 100).astype(numpy.uint16) << 12
    codecs.set_frames(data, words, 12, "MONOCHROME2")
    for tag, vr, value in (
        (0x60000010, "US", 256), (0x60000011, "US", 256), (0x60000040, "CS", "G"), (0x60000050, "SS", [1, 1]),
        (0x60000100, "US", 16), (0x60000102, "US", 12),
    ):
        data.add_new(tag, vr, value)
    rows = words[0, 44:52].astype("<u2").tobytes()
    # What is in those bits must go; the bits below are compared by nothing else here.
    place.key.actions = [action for action in place.key.actions if action.action != "pixels_retained"]
    place.note("text_removed", "7FE00010", "hex:" + rows.hex(), "overlay in unused bits")
    return [place]


def mislabelled(study: Study) -> list[Place]:
    """Text in UTF-8 in an object that says that it is Latin-1: what many archives hold."""
    other = dataclasses.replace(study.person, name="Grünwald^Zoë", id=f"{study.person.id}W", charset="ISO_IR 100")
    (place,) = ct(Study(other, study.date, study.time, f"ACC{study.random.randint(10**9, 10**10 - 1)}", study.random, study.numbers), 1)
    place.key.kind, data = "wrong character set", place.data
    data.PatientAddress = ""
    place.key.actions = [action for action in place.key.actions if action.place not in ("00100010", "00101040", "00204000")]
    place.put("PatientName", "Grünwald^Zoë".encode().decode("latin-1"), kind="wrong character set",
              remove=["Grünwald".encode().decode("latin-1")])
    place.put("ImageComments", "Zoë Grünwald, liver MRI".encode().decode("latin-1"), kind="wrong character set",
              remove=["Grünwald".encode().decode("latin-1")], keep=["liver MRI"])
    for keyword in ("AdditionalPatientHistory", "RequestedProcedureComments", "PatientComments", "CommentsOnThePerformedProcedureStep", "AcquisitionComments"):
        tag = pydicom.datadict.tag_for_keyword(keyword)
        data.pop(keyword, None)
        place.key.actions = [action for action in place.key.actions if action.place != f"{tag:08X}"]
    data.RequestAttributesSequence[0].RequestedProcedureDescription = "CT Thorax"
    place.key.actions = [action for action in place.key.actions if not action.place.endswith("00321060")]
    return [place]


def hidden_planes(study: Study) -> list[Place]:
    """Graphics beside the pixels: an overlay with a name drawn into it, an icon, a curve with a label."""
    (place,) = ct(study, 1)
    place.key.kind, data = "overlays and curves", place.data
    name = study.person.ascii_name
    bits = Canvas(numpy.zeros((1, 256, 256), numpy.uint8), 255)
    bits.write(name, 10, 40, 16)
    plane = numpy.packbits(bits.frames[0] > 100, bitorder="little").tobytes()
    for tag, vr, value in (
        (0x60000010, "US", 256), (0x60000011, "US", 256), (0x60000022, "LO", name), (0x60000040, "CS", "G"),
        (0x60000050, "SS", [1, 1]), (0x60000100, "US", 1), (0x60000102, "US", 0), (0x60001500, "LO", name),
        (0x60003000, "OW", plane), (0x60004000, "LT", f"measured by {study.person.staff[0].split('^')[0]}"),
    ):
        data.add_new(tag, vr, value)
    place.note("text_removed", "60003000", "hex:" + plane[40 * 32 : 56 * 32].hex(), "overlay")
    place.note("text_removed", "60000022", name, "overlay")
    place.note("text_removed", "60001500", name, "overlay")
    place.note("text_removed", "60004000", study.person.staff[0].split("^")[0], "overlay")
    for tag, vr, value in (
        (0x50000005, "US", 2), (0x50000010, "US", 4), (0x50000020, "CS", "TAC"), (0x50000022, "LO", name),
        (0x50000103, "US", 0), (0x50002500, "LO", name), (0x50003000, "OW", name.encode().ljust(32)),
    ):
        data.add_new(tag, vr, value)
    for tag in ("50000022", "50002500", "50003000"):
        place.note("text_removed", tag, name, "curve")
    icon = place.item("IconImageSequence")
    icon.data.SamplesPerPixel, icon.data.PhotometricInterpretation, icon.data.Rows, icon.data.Columns = 1, "MONOCHROME2", 64, 64
    icon.data.BitsAllocated, icon.data.BitsStored, icon.data.HighBit, icon.data.PixelRepresentation = 8, 8, 7, 0
    small = Canvas(numpy.zeros((1, 64, 64), numpy.uint8), 255)
    small.write(name.split("^")[0][:8], 2, 20, 12)
    icon.data.PixelData = small.frames.tobytes()
    icon.note("text_removed", icon.name("PixelData"), "hex:" + small.frames[0, 20:34].tobytes().hex(), "icon")
    return [place]
