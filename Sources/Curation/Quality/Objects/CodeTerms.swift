import Cohort
import DICOM

/// The values that coded attributes may have.
enum CodeTerms {
    /// Enumerated values (PS3.3): these and no others.
    static let enumerated: [(Tag, Set<String>)] = [
        (.patientSex, ["F", "M", "O"]),
        (.laterality, ["L", "R"]),
        (.imageLaterality, ["L", "R", "B", "U"]),
        (
            .patientPosition,
            [
                "HFP", "HFS", "HFDR", "HFDL", "FFDR", "FFDL", "FFP", "FFS", "LFP", "LFS", "RFP", "RFS", "AFDR", "AFDL",
                "PFDR", "PFDL", "SITTING",
            ]
        ),
        (.presentationIntentType, ["FOR PRESENTATION", "FOR PROCESSING"]),
        (.burnedInAnnotation, ["YES", "NO"]),
        (.lossyImageCompression, ["00", "01"]),
        (.mrAcquisitionType, ["1D", "2D", "3D"]),
        (
            .viewPosition,
            [
                // Of projection radiography (CID 4010), and of mammography (CID 4014).
                "AP", "PA", "LL", "RL", "LLD", "RLD", "LLO", "RLO", "LAT", "LATERAL", "OBL", "OBLIQUE", "CC", "MLO",
                "ML", "LM", "LMO", "XCC", "XCCL", "XCCM", "FB", "SIO", "ISO", "RAO", "LAO", "RPO", "LPO", "RO", "LO",
                "CCID", "MLOID", "AT", "RM", "RL", "RS", "RI",
            ]
        ),
    ]

    /// Defined terms of Modality (PS3.3 C.7.3.1.1.1).
    static let modalities: Set<String> = Set(CohortAttribute.modality.knownValues.map(\.code))

    /// Defined terms of Body Part Examined (PS3.16 Annex L).
    static let bodyParts: Set<String> = Set(
        """
        ABDOMEN ABDOMENPELVIS ADRENAL ANKLE AORTA ARM AXILLA BACK BILEDUCT BLADDER BRAIN BREAST BRONCHUS BUTTOCK
        CALCANEUS CALF CAROTID CEREBELLUM CERVIX CHEEK CHEST CHESTABDOMEN CHESTABDPELVIS CIRCLEOFWILLIS CLAVICLE COCCYX
        COLON CORNEA CORONARYARTERY CSPINE CTSPINE DUODENUM EAR ELBOW ESOPHAGUS EXTREMITY EYE EYELID FACE FEMUR FINGER
        FOOT GALLBLADDER HAND HEAD HEADNECK HEART HIP HUMERUS IAC ILEUM ILIUM JAW JEJUNUM KIDNEY KNEE LARYNX LEG LIVER
        LSPINE LSSPINE LUNG MAXILLA MEDIASTINUM MOUTH NECK NECKCHEST NECKCHESTABDOMEN NECKCHESTABDPELV NOSE ORBIT OVARY
        PANCREAS PAROTID PATELLA PELVIS PENIS PHARYNX PROSTATE RECTUM RIB SCALP SCAPULA SCLERA SCROTUM SHOULDER SKIN
        SKULL SPINE SPLEEN SSPINE STERNUM STOMACH SUBMANDIBULAR TESTIS THIGH THUMB THYMUS THYROID TLSPINE TMJ TOE TONGUE
        TRACHEA TSPINE URETER URETHRA UTERUS VAGINA VULVA WHOLEBODY WRIST ZYGOMA
        """
        .split(whereSeparator: \.isWhitespace).map(String.init))
}
