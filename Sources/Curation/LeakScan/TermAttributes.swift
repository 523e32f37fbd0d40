import DICOM

/// Attributes whose words are terms of the standard, of coding schemes and of makers, and not somebody's own.
enum TermAttributes {
    static func context(of tag: Tag, _ vr: VR, hasLocalScheme: Bool) -> TextContext {
        switch vr {
        case .ui: .uid
        case .ds, .is: .number
        case .da, .dt, .tm: .date
        case .cs, .as: tag.isPrivate ? .free : .term
        default:
            tag.isPrivateCreator || tags.contains(tag) || (codes.contains(tag) && !hasLocalScheme) ? .term : .free
        }
    }

    private static let codes: Set<Tag> = keywords("CodeValue CodeMeaning LongCodeValue URNCodeValue")

    private static let tags: Set<Tag> = keywords(
        """
        CodingSchemeDesignator CodingSchemeVersion CodingSchemeName CodingSchemeResponsibleOrganization Manufacturer
        ManufacturerModelName SoftwareVersions SequenceName PulseSequenceName ConvolutionKernel FilterType
        ReceiveCoilName TransmitCoilName ReceiveCoilManufacturerName TransmitCoilManufacturerName
        ImplementationVersionName DeidentificationMethod AcquisitionType RescaleType Units TypeOfFilters
        SecondaryCaptureDeviceManufacturer SecondaryCaptureDeviceManufacturerModelName DerivationDescription
        LUTExplanation ModalityLUTType SegmentAlgorithmName AlgorithmName AlgorithmVersion ContributionDescription
        """)

    private static func keywords(_ text: String) -> Set<Tag> {
        Set(text.split(whereSeparator: \.isWhitespace).compactMap { Tag(keyword: $0) })
    }
}
