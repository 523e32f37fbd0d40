import DICOM

extension SafePrivateList {
    /// The elements of PS3.15 table E.3.10-1 (safe private attributes) that hold numbers, codes or text, and physics beside
    /// them that quantitative work cannot do without: diffusion and PET values, published in the makers' conformance
    /// statements. Text is cleaned as descriptions are.
    ///
    /// Left out of the table of the standard: sequences and blocks of bytes, into which nobody can look.
    public static let standard = SafePrivateList((ofTheStandard + ofTheMakers).split(separator: "\n").compactMap(row))

    private static func row(_ line: Substring) -> Element? {
        let fields = line.split(separator: "|").map(\.trimmed)
        guard fields.count == 5, let group = UInt16(fields[1], radix: 16), let element = UInt8(fields[2], radix: 16),
            let vr = VR(fields[3])
        else { return nil }
        return Element(creator: fields[0], group: group, element: element, vr: vr, meaning: fields[4])
    }

    private static let ofTheStandard = """
        SIEMENS MR HEADER          | 0019 | 0C | IS | B value
        SIEMENS MR HEADER          | 0019 | 0D | CS | Diffusion directionality
        SIEMENS MR HEADER          | 0019 | 0E | FD | Diffusion gradient direction
        SIEMENS MR HEADER          | 0019 | 27 | FD | Diffusion B matrix
        GEMS_ACQU_01               | 0019 | 23 | DS | Table speed in mm per rotation
        GEMS_ACQU_01               | 0019 | 24 | DS | Mid scan time
        GEMS_ACQU_01               | 0019 | 27 | DS | Rotation speed
        GEMS_SERS_01               | 0025 | 07 | SL | Images in series
        GEMS_PARM_01               | 0043 | 27 | SH | Scan pitch ratio
        GEMS_PARM_01               | 0043 | 39 | IS | B value and three more numbers
        GEMS_PARM_01               | 0043 | 6F | DS | Scanner table entry and gradient coil
        GEMS_HELIOS_01             | 0045 | 01 | SS | Number of macro rows in detector
        GEMS_HELIOS_01             | 0045 | 02 | FL | Macro width at isocentre
        GEMS_SENO_02               | 0045 | 06 | DS | Stereo angle
        GEMS_SENO_02               | 0045 | 1B | CS | Clinical view
        GEMS_SENO_02               | 0045 | 20 | DS | Estimated anatomical mean
        GEMS_SENO_02               | 0045 | 27 | IS | Set number
        GEMS_SENO_02               | 0045 | 29 | DS | Windowing parameters
        GEMS_SENO_02               | 0045 | 2A | IS | Location x
        GEMS_SENO_02               | 0045 | 2B | IS | Location y
        GEMS_SENO_02               | 0045 | 49 | DS | Radiological thickness
        GEMS_SENO_02               | 0045 | 58 | DS | Attenuation
        GEMS_SENO_02               | 0045 | 59 | IS | Threshold
        GEMS_SENO_02               | 0045 | 60 | IS | Breast region x
        GEMS_SENO_02               | 0045 | 61 | IS | Breast region y
        GEMS_SENO_02               | 0045 | 64 | IS | Segmentation threshold
        GEMS_SENO_02               | 0045 | 72 | DS | Image crop point
        GEMS_SENO_02               | 0045 | A0 | DS | Signal average factor
        GEMS_SENO_02               | 0045 | A1 | DS | Organ dose of source images
        GEMS_SENO_02               | 0045 | A2 | DS | Entrance dose of source images
        GEMS_SENO_02               | 0045 | A4 | DS | Organ dose of the whole sequence
        GEMS_SENO_02               | 0045 | A8 | DS | Entrance dose of the whole sequence
        GEIIS PACS                 | 0903 | 10 | US | Reject image flag
        GEIIS PACS                 | 0903 | 11 | US | Significant flag
        GEIIS PACS                 | 0903 | 12 | US | Confidential flag
        Philips PET Private Group  | 7053 | 00 | DS | SUV factor
        Philips PET Private Group  | 7053 | 09 | DS | Activity concentration factor
        Philips Imaging DD 001     | 2001 | 03 | FL | Diffusion B factor
        Philips Imaging DD 001     | 2001 | 04 | CS | Diffusion direction
        Philips MR Imaging DD 001  | 2005 | 0D | FL | Scale intercept
        Philips MR Imaging DD 001  | 2005 | 0E | FL | Scale slope
        ELSCINT1                   | 00E1 | 21 | DS | Dose length product
        ELSCINT1                   | 01E1 | 26 | CS | Phantom type
        ELSCINT1                   | 01E1 | 50 | DS | Acquisition duration
        ELSCINT1                   | 01F1 | 01 | CS | Acquisition type
        ELSCINT1                   | 01F1 | 07 | DS | Table velocity
        ELSCINT1                   | 01F1 | 26 | DS | Pitch
        ELSCINT1                   | 01F1 | 27 | DS | Rotation time
        HOLOGIC, Inc.              | 0019 | 07 | SH | Paddle position
        HOLOGIC, Inc.              | 0019 | 16 | DS | Paddle angle
        HOLOGIC, Inc.              | 0019 | 30 | US | AEC user density scale factor
        HOLOGIC, Inc.              | 0019 | 31 | US | AEC system density scale factor
        HOLOGIC, Inc.              | 0019 | 32 | US | AEC calculated mAs
        HOLOGIC, Inc.              | 0019 | 33 | US | AEC auto pixel 1
        HOLOGIC, Inc.              | 0019 | 34 | US | AEC auto pixel 2
        HOLOGIC, Inc.              | 0019 | 35 | US | AEC sensor
        HOLOGIC, Inc.              | 0019 | 40 | DS | Skin edge
        HOLOGIC, Inc.              | 0019 | 41 | DS | Exposure index
        HOLOGIC, Inc.              | 0019 | 42 | IS | Exposure index target
        HOLOGIC, Inc.              | 0019 | 43 | DS | Short index ratio
        HOLOGIC, Inc.              | 0019 | 44 | DS | Scout kVp
        HOLOGIC, Inc.              | 0019 | 45 | IS | Scout mA
        HOLOGIC, Inc.              | 0019 | 46 | IS | Scout mAs
        HOLOGIC, Inc.              | 0019 | 50 | DS | Display minimum OD
        HOLOGIC, Inc.              | 0019 | 51 | DS | Display maximum OD
        HOLOGIC, Inc.              | 0019 | 52 | IS | Display minimum nits
        HOLOGIC, Inc.              | 0019 | 53 | IS | Display maximum nits
        HOLOGIC, Inc.              | 0019 | 71 | CS | Paired position
        HOLOGIC, Inc.              | 0019 | 80 | SH | Detector image offset
        HOLOGIC, Inc.              | 0019 | 90 | DS | Conventional tomo angle
        LORAD Selenia              | 0019 | 07 | SH | Paddle position
        LORAD Selenia              | 0019 | 16 | DS | Paddle angle
        LORAD Selenia              | 0019 | 30 | US | AEC user density scale factor
        LORAD Selenia              | 0019 | 31 | US | AEC system density scale factor
        LORAD Selenia              | 0019 | 32 | US | AEC calculated mAs
        LORAD Selenia              | 0019 | 33 | US | AEC auto pixel 1
        LORAD Selenia              | 0019 | 34 | US | AEC auto pixel 2
        LORAD Selenia              | 0019 | 35 | US | AEC sensor
        LORAD Selenia              | 0019 | 40 | DS | Skin edge
        LORAD Selenia              | 0019 | 41 | DS | Exposure index
        LORAD Selenia              | 0019 | 50 | DS | Display minimum OD
        LORAD Selenia              | 0019 | 51 | DS | Display maximum OD
        LORAD Selenia              | 0019 | 52 | IS | Display minimum nits
        LORAD Selenia              | 0019 | 53 | IS | Display maximum nits
        LORAD Selenia              | 0019 | 71 | CS | Paired position
        LORAD Selenia              | 0019 | 80 | SH | Detector image offset
        LORAD Selenia              | 0019 | 90 | DS | Conventional tomo angle
        NQHeader                   | 0099 | 04 | SS | Return code
        NQHeader                   | 0099 | 10 | FL | MI
        NQHeader                   | 0099 | 20 | SH | Units
        NQHeader                   | 0099 | 21 | FL | ICV
        HOLOGIC, Inc.              | 0019 | 06 | LO | Paddle ID
        HOLOGIC, Inc.              | 0019 | 08 | LO | Collimation size
        HOLOGIC, Inc.              | 0019 | 26 | LO | Paddle ID description
        HOLOGIC, Inc.              | 0019 | 27 | SH | Paddle position description
        HOLOGIC, Inc.              | 0019 | 28 | LO | Collimation size description
        HOLOGIC, Inc.              | 0019 | 29 | LO | AEC user density scale factor description
        HOLOGIC, Inc.              | 0019 | 37 | LO | NPT mode
        HOLOGIC, Inc.              | 0019 | 60 | LT | Geometry calibration
        LORAD Selenia              | 0019 | 06 | LO | Paddle ID
        LORAD Selenia              | 0019 | 08 | LO | Collimation size
        LORAD Selenia              | 0019 | 26 | LO | Paddle ID description
        LORAD Selenia              | 0019 | 27 | SH | Paddle position description
        LORAD Selenia              | 0019 | 28 | LO | Collimation size description
        LORAD Selenia              | 0019 | 29 | LO | AEC user density scale factor description
        LORAD Selenia              | 0019 | 37 | LO | NPT mode
        LORAD Selenia              | 0019 | 60 | LT | Geometry calibration
        HOLOGIC, Inc.              | 0019 | 62 | LO | 2D IP parameters
        HOLOGIC, Inc.              | 0019 | 85 | SH | Image source
        HOLOGIC, Inc.              | 0019 | 87 | LO | Marker text
        HOLOGIC, Inc.              | 0019 | 89 | DS | Marker location
        HOLOGIC, Inc.              | 0019 | 97 | SH | Markers burned into image
        HOLOGIC, Inc.              | 0019 | 98 | LO | Grid line correction
        GEMS_SENO_02               | 0045 | A7 | LO | Reconstruction parameters
        GEMS_SENO_02               | 0045 | AB | DS | Cumulative organ dose
        GEMS_SENO_02               | 0045 | AC | DS | Cumulative entrance dose
        GEMS_SENO_02               | 0045 | AD | LO | Paddle properties
        GEMS_IDI_01                | 0073 | 20 | DS | Height map plane distance
        GEMS_IDI_01                | 0073 | 21 | DS | Height map plane offset
        GEMS_IDI_01                | 0073 | 40 | DS | Central projection detector secondary angle
        GEMS_IDI_01                | 0073 | 50 | DS | Detector active dimensions
        NQHeader                   | 0099 | 05 | LT | Return message
        SIEMENS Ultrasound SC2000  | 0119 | 00 | LO | Acoustic meta information version
        SIEMENS Ultrasound SC2000  | 0119 | 05 | UL | Acoustic data offset
        SIEMENS Ultrasound SC2000  | 0119 | 06 | UL | Acoustic data length
        SIEMENS Ultrasound SC2000  | 0119 | 07 | UL | Footer offset
        SIEMENS Ultrasound SC2000  | 0119 | 08 | UL | Footer length
        SIEMENS Ultrasound SC2000  | 0119 | 09 | SS | Acoustic stream number
        SIEMENS Ultrasound SC2000  | 0119 | 10 | SH | Acoustic stream type
        SIEMENS Ultrasound SC2000  | 0119 | 13 | IS | Volume rate
        SIEMENS Ultrasound SC2000  | 0129 | 30 | CS | Raw data object type
        SIEMENS Ultrasound SC2000  | 0139 | 01 | SL | Physio capture ROI
        SIEMENS Ultrasound SC2000  | 0149 | 01 | FD | Vector of BROI points
        SIEMENS Ultrasound SC2000  | 0149 | 02 | FD | Start and end of strip stream
        SIEMENS Ultrasound SC2000  | 0149 | 03 | FD | Times of visible R waves

        """

    private static let ofTheMakers = """
        SIEMENS MR HEADER          | 0019 | 0A | US | Number of images in mosaic
        SIEMENS MR HEADER          | 0019 | 0B | DS | Slice measurement duration
        SIEMENS MR HEADER          | 0019 | 28 | FD | Bandwidth per pixel, phase encode
        SIEMENS MR HEADER          | 0019 | 29 | FD | Mosaic reference acquisition times
        GEMS_ACQU_01               | 0019 | BB | DS | Diffusion direction x
        GEMS_ACQU_01               | 0019 | BC | DS | Diffusion direction y
        GEMS_ACQU_01               | 0019 | BD | DS | Diffusion direction z
        GEMS_RELA_01               | 0021 | 5A | SL | Diffusion flag
        GEMS_PETD_01               | 0009 | 0D | DT | Scan date and time
        GEMS_PETD_01               | 0009 | 38 | FL | Tracer activity
        GEMS_PETD_01               | 0009 | 39 | DT | Measured date and time
        GEMS_PETD_01               | 0009 | 3B | DT | Tracer administration date and time
        GEMS_PETD_01               | 0009 | 3C | FL | Activity after injection
        GEMS_PETD_01               | 0009 | 3D | DT | Date and time after injection
        GEMS_PETD_01               | 0009 | 3F | FL | Half-life
        Philips Imaging DD 001     | 2001 | 08 | IS | Phase number
        Philips Imaging DD 001     | 2001 | 0A | IS | Slice number
        Philips Imaging DD 001     | 2001 | 18 | SL | Number of slices
        Philips MR Imaging DD 001  | 2005 | B0 | FL | Diffusion direction RL
        Philips MR Imaging DD 001  | 2005 | B1 | FL | Diffusion direction AP
        Philips MR Imaging DD 001  | 2005 | B2 | FL | Diffusion direction FH
        Philips MR Imaging DD 005  | 2005 | 12 | IS | Number of the diffusion B value
        Philips MR Imaging DD 005  | 2005 | 13 | IS | Number of the gradient orientation
        """
}
