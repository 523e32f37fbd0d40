import DICOM

/// Where originals hold what identifies: by value representation, and by the standard's keyword.
///
/// A list of its own, made from PS3.6 and not from the de-identification table: what judges the profile must not share
/// its mistakes.
enum IdentifierPlaces {
    /// What kind of identifier an attribute of the standard holds; nil for the others.
    static func kind(of tag: Tag, vr: VR) -> KnownIdentifiers.Kind? {
        if tag.isPrivate { return nil }
        if let listed = byTag[tag] { return listed }
        switch vr {
        case .pn: return tag.group == 0x0010 ? .patientName : .staffName
        case .ae: return .device
        case .da, .dt: return notOfTheExamination.contains(tag) ? nil : .studyDate
        case .ui: return classes.contains(tag) ? nil : .uid
        default: return nil
        }
    }

    private static let byTag: [Tag: KnownIdentifiers.Kind] = {
        var table: [Tag: KnownIdentifiers.Kind] = [:]
        for (kind, keywords) in keywords {
            for keyword in keywords.split(whereSeparator: \.isWhitespace) {
                if let tag = Tag(keyword: keyword) { table[tag] = kind }
            }
        }
        return table
    }()

    private static let keywords: [(KnownIdentifiers.Kind, String)] = [
        (
            .patientID,
            """
            PatientID OtherPatientIDs InsurancePlanIdentification MedicalRecordLocator BreedRegistrationNumber
            StrainStockNumber ClinicalTrialSubjectID ClinicalTrialSubjectReadingID BoardingPassID
            """
        ),
        (.birthDate, "PatientBirthDate PatientBirthDateInAlternativeCalendar"),
        (
            .address,
            """
            PatientAddress RegionOfResidence CurrentPatientLocation PatientInstitutionResidence
            ScheduledPatientInstitutionResidence PersonAddress AddressTrial ReferringPhysicianAddress
            """
        ),
        (
            .phone,
            """
            PatientTelephoneNumbers PatientTelecomInformation PersonTelephoneNumbers PersonTelecomInformation
            ReferringPhysicianTelephoneNumbers OrderCallbackPhoneNumber OrderCallbackTelecomInformation
            TelephoneNumberTrial
            """
        ),
        (
            .accession,
            """
            AccessionNumber StudyID RequestedProcedureID ScheduledProcedureStepID PerformedProcedureStepID AdmissionID
            ServiceEpisodeID PlacerOrderNumberProcedure FillerOrderNumberProcedure
            PlacerOrderNumberImagingServiceRequest FillerOrderNumberImagingServiceRequest
            PlacerOrderNumberImagingServiceRequestRetired FillerOrderNumberImagingServiceRequestRetired
            SpecimenAccessionNumber SpecimenIdentifier ContainerIdentifier SlideIdentifier ResultsID InterpretationID
            HL7InstanceIdentifier StorageMediaFileSetID PrintJobID ItineraryID
            """
        ),
        (
            .staffName,
            "OrderEnteredBy DistributionName ContactDisplayName OwnerID CameraOwnerName"
        ),
        (
            .institution,
            """
            InstitutionName InstitutionAddress InstitutionalDepartmentName ResponsibleOrganization
            ClinicalTrialSiteID ClinicalTrialSiteName ClinicalTrialCoordinatingCenterName ScheduledStudyLocation
            ScheduledProcedureStepLocation PerformedLocation RequestedProcedureLocation OrderEntererLocation
            HumanPerformerOrganization VerifyingOrganization DistributionAddress IssuerOfAdmissionID
            IssuerOfServiceEpisodeID IssuerOfPatientID LocalNamespaceEntityID UniversalEntityID
            """
        ),
        (
            .device,
            """
            StationName ScheduledStationName PerformedStationName DeviceSerialNumber DeviceID PlateID GeneratorID GridID
            CassetteID GantryID UniqueDeviceIdentifier SecondaryCaptureDeviceID HardcopyCreationDeviceID DetectorID
            XRaySourceID XRayDetectorID LensSerialNumber SourceSerialNumber NTPSourceAddress NetworkID
            DeviceAlternateIdentifier ManufacturerDeviceIdentifier StoredInstanceBaseURI RetrieveURL RetrieveURI
            FileAccessURI FolderAccessURI StorageURL PixelDataProviderURL ContactURI SourcePresentationAddress
            SendingPresentationAddress ReceivingPresentationAddress
            """
        ),
    ]

    /// Days that are not those of an examination: of a machine's life, of a code's edition.
    private static let notOfTheExamination: Set<Tag> = tags(
        """
        ContextGroupVersion ContextGroupLocalVersion TemplateVersion TemplateLocalVersion EffectiveDateTime
        InformationIssueDateTime HangingProtocolCreationDateTime DateOfManufacture DateOfInstallation
        DateOfLastCalibration DateTimeOfLastCalibration CalibrationDateTime DateOfLastDetectorCalibration
        EthicsCommitteeApprovalEffectivenessStartDate EthicsCommitteeApprovalEffectivenessEndDate
        ProductExpirationDateTime SourceStrengthReferenceDate FunctionalSyncPulse
        """)

    /// UIDs that name a class, a syntax or a scheme: the same for all objects of their sort.
    private static let classes: Set<Tag> = tags(
        """
        SOPClassUID RelatedGeneralSOPClassUID OriginalSpecializedSOPClassUID SOPClassesInStudy CodingSchemeUID
        ContextGroupExtensionCreatorUID ContextUID MappingResourceUID StoredInstanceTransferSyntaxUID
        ReferencedSOPClassUID SOPClassesSupported AvailableTransferSyntaxUID ManufacturerDeviceClassUID
        FlowTransferSyntaxUID MACCalculationTransferSyntaxUID EncryptedContentTransferSyntaxUID
        PertinentSOPClassesInStudy PertinentSOPClassesInSeries MediaStorageSOPClassUID TransferSyntaxUID
        ImplementationClassUID RTVCommunicationSOPClassUID PrivateInformationCreatorUID PrivateRecordUID
        ReferencedSOPClassUIDInFile ReferencedTransferSyntaxUIDInFile ReferencedRelatedGeneralSOPClassUIDInFile
        TemplateExtensionOrganizationUID TemplateExtensionCreatorUID CreatorVersionUID
        """)

    private static func tags(_ keywords: String) -> Set<Tag> {
        Set(keywords.split(whereSeparator: \.isWhitespace).compactMap { Tag(keyword: $0) })
    }
}
