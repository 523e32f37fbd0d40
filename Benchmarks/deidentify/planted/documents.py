"""Objects that refer to images: segmentations, structures, doses, reports, key images, presentation states, documents."""
import datetime

import numpy
import pydicom
from pydicom.data import get_testdata_file
from pydicom.uid import (
    BasicTextSRStorage, ComprehensiveSRStorage, CTImageStorage, EncapsulatedPDFStorage,
    GrayscaleSoftcopyPresentationStateStorage, KeyObjectSelectionDocumentStorage, RTDoseStorage, RTPlanStorage,
    RTStructureSetStorage, SegmentationStorage,
)

from .images import finish, series
from .key import Place
from .study import Study


def reference(item: Place, image: Place) -> None:
    item.data.ReferencedSOPClassUID = image.data.SOPClassUID
    item.uid("ReferencedSOPInstanceUID", image.data.SOPInstanceUID, "reference")


def code(place: Place, keyword: str, value: str, scheme: str, meaning: str, stays: bool = True) -> None:
    item = place.item(keyword)
    item.data.CodeValue, item.data.CodingSchemeDesignator, item.data.CodeMeaning = value, scheme, meaning
    if stays:
        item.stays("CodeValue", "CodingSchemeDesignator", "CodeMeaning")


def blank() -> pydicom.Dataset:
    return pydicom.Dataset()


def segmentation(study: Study, images: list[Place]) -> list[Place]:
    data = pydicom.dcmread(get_testdata_file("liver_1frame.dcm"))
    data.remove_private_tags()
    person = study.person
    pixels = data.PixelData
    place = series(study, "SEG").object(data, SegmentationStorage, "SEG")
    data.PixelData = pixels
    place.uid("FrameOfReferenceUID", study.frame_of_reference)
    place.put("ContentCreatorName", person.staff[2], remove=person.staff[2].split("^")[:2], kind="staff")
    place.put("ContentDescription", f"Liver of {person.ascii_name.split('^')[0]}", remove=[person.ascii_name.split("^")[0]], keep=["Liver"], kind="free text")
    segment = place.inside("SegmentSequence")
    segment.data.SegmentLabel = "Liver"
    segment.stays("SegmentNumber", "SegmentLabel", "SegmentAlgorithmType")
    segment.put("TrackingID", f"{person.id}-lesion1", remove=[person.id], kind="nested")
    segment.uid("TrackingUID", study.new_uid())
    if "ReferencedSeriesSequence" in data:
        del data.ReferencedSeriesSequence
    refers = place.item("ReferencedSeriesSequence")
    refers.uid("SeriesInstanceUID", images[0].data.SeriesInstanceUID, "reference")
    for image in images:
        reference(refers.item("ReferencedInstanceSequence"), image)
    for number, frame in enumerate(data.PerFrameFunctionalGroupsSequence):
        if "DerivationImageSequence" in frame:
            del frame.DerivationImageSequence
        derived = place.inside("PerFrameFunctionalGroupsSequence", number).item("DerivationImageSequence")
        source = derived.item("SourceImageSequence")
        reference(source, images[number % len(images)])
        code(source, "PurposeOfReferenceCodeSequence", "121322", "DCM", "Source image for image processing operation")
        code(derived, "DerivationCodeSequence", "113076", "DCM", "Segmentation")
    return [finish(place)]


def structures(study: Study, images: list[Place]) -> list[Place]:
    person, data = study.person, blank()
    place = series(study, "RTSTRUCT").object(data, RTStructureSetStorage, "RTSTRUCT")
    data.Manufacturer, data.ManufacturerModelName = "Varian Medical Systems", "Eclipse"
    place.put("StructureSetLabel", "Contours", keep=["Contours"])
    place.put("StructureSetName", person.ascii_name, remove=person.ascii_name.split("^"), kind="descriptor with a name")
    place.put("StructureSetDescription", f"drawn for {person.id}", remove=[person.id], kind="free text")
    place.date("StructureSetDate", study.date)
    data.StructureSetTime = study.time.strftime("%H%M%S")
    frame = place.item("ReferencedFrameOfReferenceSequence")
    frame.uid("FrameOfReferenceUID", study.frame_of_reference, "reference")
    of = frame.item("RTReferencedStudySequence")
    of.data.ReferencedSOPClassUID = "1.2.840.10008.3.1.2.3.1"
    of.uid("ReferencedSOPInstanceUID", study.study_uid, "reference")
    inside = of.item("RTReferencedSeriesSequence")
    inside.uid("SeriesInstanceUID", images[0].data.SeriesInstanceUID, "reference")
    for image in images:
        reference(inside.item("ContourImageSequence"), image)
    for number, (name, kind) in enumerate([("GTV", "GTV"), ("Lung_L", "ORGAN"), ("PTV 60Gy", "PTV"), ("Body", "EXTERNAL")], 1):
        roi = place.item("StructureSetROISequence")
        roi.data.ROINumber = number
        roi.uid("ReferencedFrameOfReferenceUID", study.frame_of_reference, "reference")
        roi.put("ROIName", name, keep=[name], kind="structure name")
        roi.data.ROIGenerationAlgorithm = "MANUAL"
        contour = place.item("ROIContourSequence")
        contour.data.ReferencedROINumber, contour.data.ROIDisplayColor = number, [255, 0, 0]
        points = contour.item("ContourSequence")
        reference(points.item("ContourImageSequence"), images[0])
        points.data.ContourGeometricType, points.data.NumberOfContourPoints = "CLOSED_PLANAR", 3
        points.data.ContourData = [1.5, 2.25, 3, 4.5, 5.75, 3, 7, 8, 3]
        points.stays("ContourGeometricType", "NumberOfContourPoints", "ContourData")
        observed = place.item("RTROIObservationsSequence")
        observed.data.ObservationNumber = observed.data.ReferencedROINumber = number
        observed.put("ROIInterpreter", person.staff[1], remove=person.staff[1].split("^")[:2], kind="staff")
        observed.put("ROIObservationDescription", f"checked by {person.staff[0].split('^')[0]} {study.date:%d.%m.%Y}",
                     remove=[person.staff[0].split("^")[0], f"{study.date:%d.%m.%Y}"], kind="free text")
        observed.data.RTROIInterpretedType = kind
        observed.stays("RTROIInterpretedType")
    place.stays("Manufacturer", "ManufacturerModelName")
    return [place]


def plan_and_dose(study: Study, structure: Place) -> list[Place]:
    person = study.person
    plan = series(study, "RTPLAN").object(plan_data := pydicom.dcmread(get_testdata_file("rtplan.dcm")), RTPlanStorage, "RTPLAN")
    plan_data.remove_private_tags()
    plan.put("RTPlanLabel", "VMAT", keep=["VMAT"])
    plan.put("RTPlanName", person.ascii_name[:60], remove=person.ascii_name.split("^"), kind="descriptor with a name")
    plan.put("RTPlanDescription", f"Boost for {person.ascii_name.split('^')[1]}, tel {person.phone}",
             remove=[person.ascii_name.split("^")[1], person.phone], kind="free text")
    plan.date("RTPlanDate", study.date)
    plan_data.pop("ReferencedStructureSetSequence", None)
    reference(plan.item("ReferencedStructureSetSequence"), structure)
    plan.uid("FrameOfReferenceUID", study.frame_of_reference, "reference")
    beam = plan.inside("BeamSequence")
    beam.gone("TreatmentMachineName", f"LINAC {person.station}", kind="device")
    beam.stays("BeamType", "RadiationType", "NumberOfControlPoints")
    beam.inside("ControlPointSequence").stays("NominalBeamEnergy", "GantryAngle")

    dose_data = pydicom.dcmread(get_testdata_file("rtdose.dcm"))
    dose_data.remove_private_tags()
    pixels = dose_data.PixelData
    dose = series(study, "RTDOSE").object(dose_data, RTDoseStorage, "RTDOSE")
    dose_data.PixelData = pixels
    dose.uid("FrameOfReferenceUID", study.frame_of_reference, "reference")
    dose_data.pop("ReferencedRTPlanSequence", None)
    reference(dose.item("ReferencedRTPlanSequence"), plan)
    dose.put("DoseComment", f"Plan sum, {person.hospital}", remove=[person.hospital], kind="free text")
    dose.stays("DoseUnits", "DoseType", "DoseSummationType", "DoseGridScaling", "GridFrameOffsetVector", "ImagePositionPatient")
    return [plan, finish(dose)]


# Reports -------------------------------------------------------------------------------------------------------------


def content(parent: Place, relation: str, type_: str, concept: tuple[str, str, str]) -> Place:
    item = parent.item("ContentSequence")
    item.data.RelationshipType, item.data.ValueType = relation, type_
    code(item, "ConceptNameCodeSequence", *concept)
    return item


def report(study: Study, images: list[Place]) -> list[Place]:
    """A tree with every kind of content item, some of them deep."""
    person, data = study.person, blank()
    place = series(study, "SR").object(data, ComprehensiveSRStorage, "SR")
    data.CompletionFlag, data.VerificationFlag, data.ValueType, data.ContinuityOfContent = "COMPLETE", "VERIFIED", "CONTAINER", "SEPARATE"
    code(place, "ConceptNameCodeSequence", "18748-4", "LN", "Diagnostic imaging report")
    verifier = place.item("VerifyingObserverSequence")
    verifier.put("VerifyingObserverName", person.staff[0], remove=person.staff[0].split("^")[:2], kind="staff")
    verifier.gone("VerifyingOrganization", person.hospital, kind="institution")
    # X/D/Z in the table: it may go with its item.
    verifier.put("VerificationDateTime", study.moment.strftime("%Y%m%d%H%M%S"), remove=[study.date.strftime("%Y%m%d")], kind="nested date")
    code(verifier, "VerifyingObserverIdentificationCodeSequence", "L4711", "99BARB", person.staff[0].split("^")[0], stays=False)
    evidence = place.item("CurrentRequestedProcedureEvidenceSequence")
    evidence.uid("StudyInstanceUID", study.study_uid, "reference")
    in_series = evidence.item("ReferencedSeriesSequence")
    in_series.uid("SeriesInstanceUID", images[0].data.SeriesInstanceUID, "reference")
    for image in images:
        reference(in_series.item("ReferencedSOPSequence"), image)

    observer = content(place, "HAS OBS CONTEXT", "PNAME", ("121008", "DCM", "Person Observer Name"))
    observer.put("PersonName", person.staff[1], remove=person.staff[1].split("^")[:2], kind="content tree")
    device = content(place, "HAS OBS CONTEXT", "UIDREF", ("121012", "DCM", "Device Observer UID"))
    device.uid("UID", study.new_uid(), "content tree")
    subject = content(place, "HAS OBS CONTEXT", "TEXT", ("121030", "DCM", "Subject ID"))
    subject.gone("TextValue", person.id, kind="content tree")
    begun = content(place, "HAS OBS CONTEXT", "DATETIME", ("111526", "DCM", "DateTime Started"))
    begun.moment("DateTime", study.moment, "content tree")
    birth = content(place, "HAS OBS CONTEXT", "DATE", ("121031", "DCM", "Subject Birth Date"))
    birth.gone("Date", person.birth.strftime("%Y%m%d"), kind="content tree")

    findings = content(place, "CONTAINS", "CONTAINER", ("121070", "DCM", "Findings"))
    findings.data.ContinuityOfContent = "SEPARATE"
    for sentence in study.words.history(person, study):
        text = content(findings, "CONTAINS", "TEXT", ("121071", "DCM", "Finding"))
        sentence.plant(text, "TextValue", "content tree")
    deep = findings
    for _ in range(4):
        deep = content(deep, "CONTAINS", "CONTAINER", ("125007", "DCM", "Measurement Group"))
        deep.data.ContinuityOfContent = "SEPARATE"
    tracked = content(deep, "HAS OBS CONTEXT", "UIDREF", ("112040", "DCM", "Tracking Unique Identifier"))
    tracked.uid("UID", study.new_uid(), "content tree")
    dated = content(deep, "CONTAINS", "DATE", ("111060", "DCM", "Study Date"))
    dated.date("Date", study.date, "content tree")
    named = content(deep, "CONTAINS", "PNAME", ("121029", "DCM", "Subject Name"))
    named.put("PersonName", person.name, remove=person.parts, kind="content tree")
    number = content(deep, "CONTAINS", "NUM", ("410668003", "SCT", "Length"))
    value = number.item("MeasuredValueSequence")
    value.data.NumericValue = "12.4"
    code(value, "MeasurementUnitsCodeSequence", "mm", "UCUM", "millimeter")
    value.stays("NumericValue")
    site = content(deep, "CONTAINS", "CODE", ("363698007", "SCT", "Finding Site"))
    code(site, "ConceptCodeSequence", "10200004", "SCT", "Liver")
    image = content(deep, "CONTAINS", "IMAGE", ("121324", "DCM", "Source image"))
    reference(image.item("ReferencedSOPSequence"), images[0])
    return [place]


def plain_report(study: Study) -> list[Place]:
    """pydicom's own Basic Text SR, with the plants that every object has."""
    data = pydicom.dcmread(get_testdata_file("reportsi.dcm"))
    place = series(study, "SR").object(data, BasicTextSRStorage, "SR")
    return [place]


def key_images(study: Study, images: list[Place]) -> list[Place]:
    data = blank()
    place = series(study, "KO").object(data, KeyObjectSelectionDocumentStorage, "KO")
    data.ValueType, data.ContinuityOfContent = "CONTAINER", "SEPARATE"
    code(place, "ConceptNameCodeSequence", "113000", "DCM", "Of Interest")
    evidence = place.item("CurrentRequestedProcedureEvidenceSequence")
    evidence.uid("StudyInstanceUID", study.study_uid, "reference")
    in_series = evidence.item("ReferencedSeriesSequence")
    in_series.uid("SeriesInstanceUID", images[0].data.SeriesInstanceUID, "reference")
    reference(in_series.item("ReferencedSOPSequence"), images[0])
    note = content(place, "CONTAINS", "TEXT", ("113012", "DCM", "Key Object Description"))
    family = study.person.ascii_name.split("^")[0]
    note.put("TextValue", f"For the tumour board, {family} on {study.date:%d.%m.%Y}", kind="content tree",
             remove=[family, f"{study.date:%d.%m.%Y}"], keep=["tumour board"])
    image = content(place, "CONTAINS", "IMAGE", ("121324", "DCM", "Source image"))
    reference(image.item("ReferencedSOPSequence"), images[0])
    return [place]


def presentation(study: Study, images: list[Place]) -> list[Place]:
    person, data = study.person, blank()
    place = series(study, "PR").object(data, GrayscaleSoftcopyPresentationStateStorage, "PR")
    place.key.may_refuse = True
    place.put("ContentLabel", "PRESENTATION")
    place.put("ContentDescription", f"for {person.ascii_name}", remove=person.ascii_name.split("^"), kind="free text")
    place.put("ContentCreatorName", person.staff[3], remove=person.staff[3].split("^")[:2], kind="staff")
    place.date("PresentationCreationDate", study.date)
    data.PresentationCreationTime = study.time.strftime("%H%M%S")
    refers = place.item("ReferencedSeriesSequence")
    refers.uid("SeriesInstanceUID", images[0].data.SeriesInstanceUID, "reference")
    reference(refers.item("ReferencedImageSequence"), images[0])
    annotation = place.item("GraphicAnnotationSequence")
    annotation.data.GraphicLayer = "LAYER1"
    text = annotation.item("TextObjectSequence")
    text.data.BoundingBoxAnnotationUnits, text.data.AnchorPointVisibility = "PIXEL", "N"
    text.put("UnformattedTextValue", f"{person.ascii_name} {person.birth:%d.%m.%Y}", kind="graphics",
             remove=[*person.ascii_name.split("^"), f"{person.birth:%d.%m.%Y}"])
    return [place]


def pdf(study: Study) -> list[Place]:
    person, data = study.person, blank()
    place = series(study, "DOC").object(data, EncapsulatedPDFStorage, "PDF")
    place.key.may_refuse = True
    place.put("DocumentTitle", f"Report of {person.ascii_name}", remove=person.ascii_name.split("^"), kind="free text")
    line = f"BT /F1 12 Tf 40 700 Td ({person.ascii_name} {person.id}) Tj ET"
    body = f"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n4 0 obj<</Length {len(line)}>>stream\n{line}\nendstream endobj\n%%EOF\n".encode()
    data.MIMETypeOfEncapsulatedDocument, data.BurnedInAnnotation = "application/pdf", "YES"
    data.EncapsulatedDocument = body + b"\0" * (len(body) % 2)
    place.note("text_removed", place.name("EncapsulatedDocument"), person.ascii_name, "document")
    place.note("text_removed", place.name("EncapsulatedDocument"), person.id, "document")
    return [place]


def electrocardiogram(study: Study) -> list[Place]:
    data = pydicom.dcmread(get_testdata_file("waveform_ecg.dcm"))
    data.remove_private_tags()
    person = study.person
    place = series(study, "ECG").object(data, data.SOPClassUID, "ECG")
    note = place.item("WaveformAnnotationSequence")
    note.data.ReferencedWaveformChannels = [1, 0]
    note.put("UnformattedTextValue", f"reviewed by {person.staff[0].split('^')[0]}", kind="graphics",
             remove=[person.staff[0].split("^")[0]])
    place.moment("AcquisitionDateTime", study.moment + datetime.timedelta(seconds=9))
    wave = place.inside("WaveformSequence")
    wave.stays("NumberOfWaveformChannels", "NumberOfWaveformSamples", "SamplingFrequency")
    return [place]
