// Made by scripts/make_dicom_tables.py from PS3.6, edition of January 2025: 5129 attributes. Do not edit.

/// The standard's attributes, one row each; ``DataDictionary`` reads it, the script that made it describes the rows.
enum AttributeTable {
    static let edition = "January 2025"

    static let rows: StaticString = """
        00020000 UL 1 File Meta Information Group Length
        00020001 OB 1 File Meta Information Version
        00020002 UI 1 Media Storage SOP Class UID
        00020003 UI 1 Media Storage SOP Instance UID
        00020010 UI 1 Transfer Syntax UID
        00020012 UI 1 Implementation Class UID
        00020013 SH 1 Implementation Version Name
        00020016 AE 1 Source Application Entity Title
        00020017 AE 1 Sending Application Entity Title
        00020018 AE 1 Receiving Application Entity Title
        00020026 UR 1 Source Presentation Address
        00020027 UR 1 Sending Presentation Address
        00020028 UR 1 Receiving Presentation Address
        00020031 OB 1 RTV Meta Information Version
        00020032 UI 1 RTV Communication SOP Class UID
        00020033 UI 1 RTV Communication SOP Instance UID
        00020035 OB 1 RTV Source Identifier
        00020036 OB 1 RTV Flow Identifier
        00020037 UL 1 RTV Flow RTP Sampling Rate
        00020038 FD 1 RTV Flow Actual Frame Duration
        00020100 UI 1 Private Information Creator UID
        00020102 OB 1 Private Information
        00041130 CS 1 File-set ID
        00041141 CS 1-8 File-set Descriptor File ID
        00041142 CS 1 Specific Character Set of File-set Descriptor File
        00041200 UL 1 Offset of the First Directory Record of the Root Directory Entity
        00041202 UL 1 Offset of the Last Directory Record of the Root Directory Entity
        00041212 US 1 File-set Consistency Flag
        00041220 SQ 1 Directory Record Sequence
        00041400 UL 1 Offset of the Next Directory Record
        00041410 US 1 Record In-use Flag
        00041420 UL 1 Offset of Referenced Lower-Level Directory Entity
        00041430 CS 1 Directory Record Type
        00041432 UI 1 Private Record UID
        00041500 CS 1-8 Referenced File ID
        00041504!UL 1 MRDR Directory Record Offset
        00041510 UI 1 Referenced SOP Class UID in File
        00041511 UI 1 Referenced SOP Instance UID in File
        00041512 UI 1 Referenced Transfer Syntax UID in File
        0004151A UI 1-n Referenced Related General SOP Class UID in File
        00041600!UL 1 Number of References
        00060001 SQ 1 Current Frame Functional Groups Sequence
        00080001!UL 1 Length to End
        00080005 CS 1-n Specific Character Set
        00080006 SQ 1 Language Code Sequence
        00080008 CS 2-n Image Type
        00080010!SH 1 Recognition Code
        00080012 DA 1 Instance Creation Date
        00080013 TM 1 Instance Creation Time
        00080014 UI 1 Instance Creator UID
        00080015 DT 1 Instance Coercion DateTime
        00080016 UI 1 SOP Class UID
        00080017 UI 1 Acquisition UID
        00080018 UI 1 SOP Instance UID
        00080019 UI 1 Pyramid UID
        0008001A UI 1-n Related General SOP Class UID
        0008001B UI 1 Original Specialized SOP Class UID
        0008001C CS 1 Synthetic Data
        00080020 DA 1 Study Date
        00080021 DA 1 Series Date
        00080022 DA 1 Acquisition Date
        00080023 DA 1 Content Date
        00080024!DA 1 Overlay Date
        00080025!DA 1 Curve Date
        0008002A DT 1 Acquisition DateTime
        00080030 TM 1 Study Time
        00080031 TM 1 Series Time
        00080032 TM 1 Acquisition Time
        00080033 TM 1 Content Time
        00080034!TM 1 Overlay Time
        00080035!TM 1 Curve Time
        00080040!US 1 Data Set Type
        00080041!LO 1 Data Set Subtype
        00080042!CS 1 Nuclear Medicine Series Type
        00080050 SH 1 Accession Number
        00080051 SQ 1 Issuer of Accession Number Sequence
        00080052 CS 1 Query/Retrieve Level
        00080053 CS 1 Query/Retrieve View
        00080054 AE 1-n Retrieve AE Title
        00080055 AE 1 Station AE Title
        00080056 CS 1 Instance Availability
        00080058 UI 1-n Failed SOP Instance UID List
        00080060 CS 1 Modality
        00080061 CS 1-n Modalities in Study
        00080062 UI 1-n SOP Classes in Study
        00080063 SQ 1 Anatomic Regions in Study Code Sequence
        00080064 CS 1 Conversion Type
        00080068 CS 1 Presentation Intent Type
        00080070 LO 1 Manufacturer
        00080080 LO 1 Institution Name
        00080081 ST 1 Institution Address
        00080082 SQ 1 Institution Code Sequence
        00080090 PN 1 Referring Physician's Name
        00080092 ST 1 Referring Physician's Address
        00080094 SH 1-n Referring Physician's Telephone Numbers
        00080096 SQ 1 Referring Physician Identification Sequence
        0008009C PN 1-n Consulting Physician's Name
        0008009D SQ 1 Consulting Physician Identification Sequence
        00080100 SH 1 Code Value
        00080101 LO 1 Extended Code Value
        00080102 SH 1 Coding Scheme Designator
        00080103 SH 1 Coding Scheme Version
        00080104 LO 1 Code Meaning
        00080105 CS 1 Mapping Resource
        00080106 DT 1 Context Group Version
        00080107 DT 1 Context Group Local Version
        00080108 LT 1 Extended Code Meaning
        00080109 SQ 1 Coding Scheme Resources Sequence
        0008010A CS 1 Coding Scheme URL Type
        0008010B CS 1 Context Group Extension Flag
        0008010C UI 1 Coding Scheme UID
        0008010D UI 1 Context Group Extension Creator UID
        0008010E UR 1 Coding Scheme URL
        0008010F CS 1 Context Identifier
        00080110 SQ 1 Coding Scheme Identification Sequence
        00080112 LO 1 Coding Scheme Registry
        00080114 ST 1 Coding Scheme External ID
        00080115 ST 1 Coding Scheme Name
        00080116 ST 1 Coding Scheme Responsible Organization
        00080117 UI 1 Context UID
        00080118 UI 1 Mapping Resource UID
        00080119 UC 1 Long Code Value
        00080120 UR 1 URN Code Value
        00080121 SQ 1 Equivalent Code Sequence
        00080122 LO 1 Mapping Resource Name
        00080123 SQ 1 Context Group Identification Sequence
        00080124 SQ 1 Mapping Resource Identification Sequence
        00080201 SH 1 Timezone Offset From UTC
        00080202!-- --
        00080220 SQ 1 Responsible Group Code Sequence
        00080221 CS 1 Equipment Modality
        00080222 LO 1 Manufacturer's Related Model Group
        00080300 SQ 1 Private Data Element Characteristics Sequence
        00080301 US 1 Private Group Reference
        00080302 LO 1 Private Creator Reference
        00080303 CS 1 Block Identifying Information Status
        00080304 US 1-n Nonidentifying Private Elements
        00080305 SQ 1 Deidentification Action Sequence
        00080306 US 1-n Identifying Private Elements
        00080307 CS 1 Deidentification Action
        00080308 US 1 Private Data Element
        00080309 UL 1-3 Private Data Element Value Multiplicity
        0008030A CS 1 Private Data Element Value Representation
        0008030B UL 1-2 Private Data Element Number of Items
        0008030C UC 1 Private Data Element Name
        0008030D UC 1 Private Data Element Keyword
        0008030E UT 1 Private Data Element Description
        0008030F UT 1 Private Data Element Encoding
        00080310 SQ 1 Private Data Element Definition Sequence
        00080400 SQ 1 Scope of Inventory Sequence
        00080401 LT 1 Inventory Purpose
        00080402 LT 1 Inventory Instance Description
        00080403 CS 1 Inventory Level
        00080404 DT 1 Item Inventory DateTime
        00080405 CS 1 Removed from Operational Use
        00080406 SQ 1 Reason for Removal Code Sequence
        00080407 UR 1 Stored Instance Base URI
        00080408 UR 1 Folder Access URI
        00080409 UR 1 File Access URI
        0008040A CS 1 Container File Type
        0008040B UR 1 Filename in Container
        0008040C UV 1 File Offset in Container
        0008040D UV 1 File Length in Container
        0008040E UI 1 Stored Instance Transfer Syntax UID
        0008040F CS 1-n Extended Matching Mechanisms
        00080410 SQ 1 Range Matching Sequence
        00080411 SQ 1 List of UID Matching Sequence
        00080412 SQ 1 Empty Value Matching Sequence
        00080413 SQ 1 General Matching Sequence
        00080414 US 1 Requested Status Interval
        00080415 CS 1 Retain Instances
        00080416 DT 1 Expiration DateTime
        00080417 CS 1 Transaction Status
        00080418 LT 1 Transaction Status Comment
        00080419 SQ 1 File Set Access Sequence
        0008041A SQ 1 File Access Sequence
        0008041B OB 1 Record Key
        0008041C OB 1 Prior Record Key
        0008041D SQ 1 Metadata Sequence
        0008041E SQ 1 Updated Metadata Sequence
        0008041F DT 1 Study Update DateTime
        00080420 SQ 1 Inventory Access End Points Sequence
        00080421 SQ 1 Study Access End Points Sequence
        00080422 SQ 1 Incorporated Inventory Instance Sequence
        00080423 SQ 1 Inventoried Studies Sequence
        00080424 SQ 1 Inventoried Series Sequence
        00080425 SQ 1 Inventoried Instances Sequence
        00080426 CS 1 Inventory Completion Status
        00080427 UL 1 Number of Study Records in Instance
        00080428 UV 1 Total Number of Study Records
        00080429 UV 1 Maximum Number of Records
        00081000!AE 1 Network ID
        00081010 SH 1 Station Name
        00081030 LO 1 Study Description
        00081032 SQ 1 Procedure Code Sequence
        0008103E LO 1 Series Description
        0008103F SQ 1 Series Description Code Sequence
        00081040 LO 1 Institutional Department Name
        00081041 SQ 1 Institutional Department Type Code Sequence
        00081048 PN 1-n Physician(s) of Record=PhysiciansOfRecord
        00081049 SQ 1 Physician(s) of Record Identification Sequence=PhysiciansOfRecordIdentificationSequence
        00081050 PN 1-n Performing Physician's Name
        00081052 SQ 1 Performing Physician Identification Sequence
        00081060 PN 1-n Name of Physician(s) Reading Study=NameOfPhysiciansReadingStudy
        00081062 SQ 1 Physician(s) Reading Study Identification Sequence=PhysiciansReadingStudyIdentificationSequence
        00081070 PN 1-n Operators' Name
        00081072 SQ 1 Operator Identification Sequence
        00081080 LO 1-n Admitting Diagnoses Description
        00081084 SQ 1 Admitting Diagnoses Code Sequence
        00081088 LO 1 Pyramid Description
        00081090 LO 1 Manufacturer's Model Name
        00081100!SQ 1 Referenced Results Sequence
        00081110 SQ 1 Referenced Study Sequence
        00081111 SQ 1 Referenced Performed Procedure Step Sequence
        00081112 SQ 1 Referenced Instances by SOP Class Sequence
        00081115 SQ 1 Referenced Series Sequence
        00081120 SQ 1 Referenced Patient Sequence
        00081125 SQ 1 Referenced Visit Sequence
        00081130!SQ 1 Referenced Overlay Sequence
        00081134 SQ 1 Referenced Stereometric Instance Sequence
        0008113A SQ 1 Referenced Waveform Sequence
        00081140 SQ 1 Referenced Image Sequence
        00081145!SQ 1 Referenced Curve Sequence
        0008114A SQ 1 Referenced Instance Sequence
        0008114B SQ 1 Referenced Real World Value Mapping Instance Sequence
        00081150 UI 1 Referenced SOP Class UID
        00081155 UI 1 Referenced SOP Instance UID
        00081156 SQ 1 Definition Source Sequence
        0008115A UI 1-n SOP Classes Supported
        00081160 IS 1-n Referenced Frame Number
        00081161 UL 1-n Simple Frame List
        00081162 UL 3-3n Calculated Frame List
        00081163 FD 2 Time Range
        00081164 SQ 1 Frame Extraction Sequence
        00081167 UI 1 Multi-frame Source SOP Instance UID
        00081190 UR 1 Retrieve URL
        00081195 UI 1 Transaction UID
        00081196 US 1 Warning Reason
        00081197 US 1 Failure Reason
        00081198 SQ 1 Failed SOP Sequence
        00081199 SQ 1 Referenced SOP Sequence
        0008119A SQ 1 Other Failures Sequence
        0008119B SQ 1 Failed Study Sequence
        00081200 SQ 1 Studies Containing Other Referenced Instances Sequence
        00081250 SQ 1 Related Series Sequence
        00082110!CS 1 Lossy Image Compression (Retired)
        00082111 ST 1 Derivation Description
        00082112 SQ 1 Source Image Sequence
        00082120 SH 1 Stage Name
        00082122 IS 1 Stage Number
        00082124 IS 1 Number of Stages
        00082127 SH 1 View Name
        00082128 IS 1 View Number
        00082129 IS 1 Number of Event Timers
        0008212A IS 1 Number of Views in Stage
        00082130 DS 1-n Event Elapsed Time(s)=EventElapsedTimes
        00082132 LO 1-n Event Timer Name(s)=EventTimerNames
        00082133 SQ 1 Event Timer Sequence
        00082134 FD 1 Event Time Offset
        00082135 SQ 1 Event Code Sequence
        00082142 IS 1 Start Trim
        00082143 IS 1 Stop Trim
        00082144 IS 1 Recommended Display Frame Rate
        00082200!CS 1 Transducer Position
        00082204!CS 1 Transducer Orientation
        00082208!CS 1 Anatomic Structure
        00082218 SQ 1 Anatomic Region Sequence
        00082220 SQ 1 Anatomic Region Modifier Sequence
        00082228 SQ 1 Primary Anatomic Structure Sequence
        00082229!SQ 1 Anatomic Structure, Space or Region Sequence
        00082230 SQ 1 Primary Anatomic Structure Modifier Sequence
        00082240!SQ 1 Transducer Position Sequence
        00082242!SQ 1 Transducer Position Modifier Sequence
        00082244!SQ 1 Transducer Orientation Sequence
        00082246!SQ 1 Transducer Orientation Modifier Sequence
        00082251!SQ 1 Anatomic Structure Space Or Region Code Sequence (Trial)
        00082253!SQ 1 Anatomic Portal Of Entrance Code Sequence (Trial)
        00082255!SQ 1 Anatomic Approach Direction Code Sequence (Trial)
        00082256!ST 1 Anatomic Perspective Description (Trial)
        00082257!SQ 1 Anatomic Perspective Code Sequence (Trial)
        00082258!ST 1 Anatomic Location Of Examining Instrument Description (Trial)
        00082259!SQ 1 Anatomic Location Of Examining Instrument Code Sequence (Trial)
        0008225A!SQ 1 Anatomic Structure Space Or Region Modifier Code Sequence (Trial)
        0008225C!SQ 1 On Axis Background Anatomic Structure Code Sequence (Trial)
        00083001 SQ 1 Alternate Representation Sequence
        00083002 UI 1-n Available Transfer Syntax UID
        00083010 UI 1-n Irradiation Event UID
        00083011 SQ 1 Source Irradiation Event Sequence
        00083012 UI 1 Radiopharmaceutical Administration Event UID
        00084000!LT 1 Identifying Comments
        00089007 CS 4-5 Frame Type
        00089092 SQ 1 Referenced Image Evidence Sequence
        00089121 SQ 1 Referenced Raw Data Sequence
        00089123 UI 1 Creator-Version UID
        00089124 SQ 1 Derivation Image Sequence
        00089154 SQ 1 Source Image Evidence Sequence
        00089205 CS 1 Pixel Presentation
        00089206 CS 1 Volumetric Properties
        00089207 CS 1 Volume Based Calculation Technique
        00089208 CS 1 Complex Image Component
        00089209 CS 1 Acquisition Contrast
        00089215 SQ 1 Derivation Code Sequence
        00089237 SQ 1 Referenced Presentation State Sequence
        00089410 SQ 1 Referenced Other Plane Sequence
        00089458 SQ 1 Frame Display Sequence
        00089459 FL 1 Recommended Display Frame Rate in Float
        00089460 CS 1 Skip Frame Range Flag
        00100010 PN 1 Patient's Name
        00100020 LO 1 Patient ID
        00100021 LO 1 Issuer of Patient ID
        00100022 CS 1 Type of Patient ID
        00100024 SQ 1 Issuer of Patient ID Qualifiers Sequence
        00100026 SQ 1 Source Patient Group Identification Sequence
        00100027 SQ 1 Group of Patients Identification Sequence
        00100028 US 3 Subject Relative Position in Image
        00100030 DA 1 Patient's Birth Date
        00100032 TM 1 Patient's Birth Time
        00100033 LO 1 Patient's Birth Date in Alternative Calendar
        00100034 LO 1 Patient's Death Date in Alternative Calendar
        00100035 CS 1 Patient's Alternative Calendar
        00100040 CS 1 Patient's Sex
        00100050 SQ 1 Patient's Insurance Plan Code Sequence
        00100101 SQ 1 Patient's Primary Language Code Sequence
        00100102 SQ 1 Patient's Primary Language Modifier Code Sequence
        00100200 CS 1 Quality Control Subject
        00100201 SQ 1 Quality Control Subject Type Code Sequence
        00100212 UC 1 Strain Description
        00100213 LO 1 Strain Nomenclature
        00100214 LO 1 Strain Stock Number
        00100215 SQ 1 Strain Source Registry Code Sequence
        00100216 SQ 1 Strain Stock Sequence
        00100217 LO 1 Strain Source
        00100218 UT 1 Strain Additional Information
        00100219 SQ 1 Strain Code Sequence
        00100221 SQ 1 Genetic Modifications Sequence
        00100222 UC 1 Genetic Modifications Description
        00100223 LO 1 Genetic Modifications Nomenclature
        00100229 SQ 1 Genetic Modifications Code Sequence
        00101000!LO 1-n Other Patient IDs
        00101001 PN 1-n Other Patient Names
        00101002 SQ 1 Other Patient IDs Sequence
        00101005 PN 1 Patient's Birth Name
        00101010 AS 1 Patient's Age
        00101020 DS 1 Patient's Size
        00101021 SQ 1 Patient's Size Code Sequence
        00101022 DS 1 Patient's Body Mass Index
        00101023 DS 1 Measured AP Dimension
        00101024 DS 1 Measured Lateral Dimension
        00101030 DS 1 Patient's Weight
        00101040 LO 1 Patient's Address
        00101050!LO 1-n Insurance Plan Identification
        00101060 PN 1 Patient's Mother's Birth Name
        00101080 LO 1 Military Rank
        00101081 LO 1 Branch of Service
        00101090!LO 1 Medical Record Locator
        00101100 SQ 1 Referenced Patient Photo Sequence
        00102000 LO 1-n Medical Alerts
        00102110 LO 1-n Allergies
        00102150 LO 1 Country of Residence
        00102152 LO 1 Region of Residence
        00102154 SH 1-n Patient's Telephone Numbers
        00102155 LT 1 Patient's Telecom Information
        00102160 SH 1 Ethnic Group
        00102180 SH 1 Occupation
        001021A0 CS 1 Smoking Status
        001021B0 LT 1 Additional Patient History
        001021C0 US 1 Pregnancy Status
        001021D0 DA 1 Last Menstrual Date
        001021F0 LO 1 Patient's Religious Preference
        00102201 LO 1 Patient Species Description
        00102202 SQ 1 Patient Species Code Sequence
        00102203 CS 1 Patient's Sex Neutered
        00102210 CS 1 Anatomical Orientation Type
        00102292 LO 1 Patient Breed Description
        00102293 SQ 1 Patient Breed Code Sequence
        00102294 SQ 1 Breed Registration Sequence
        00102295 LO 1 Breed Registration Number
        00102296 SQ 1 Breed Registry Code Sequence
        00102297 PN 1 Responsible Person
        00102298 CS 1 Responsible Person Role
        00102299 LO 1 Responsible Organization
        00104000 LT 1 Patient Comments
        00109431 FL 1 Examined Body Thickness
        00120010 LO 1 Clinical Trial Sponsor Name
        00120020 LO 1 Clinical Trial Protocol ID
        00120021 LO 1 Clinical Trial Protocol Name
        00120022 LO 1 Issuer of Clinical Trial Protocol ID
        00120023 SQ 1 Other Clinical Trial Protocol IDs Sequence
        00120030 LO 1 Clinical Trial Site ID
        00120031 LO 1 Clinical Trial Site Name
        00120032 LO 1 Issuer of Clinical Trial Site ID
        00120040 LO 1 Clinical Trial Subject ID
        00120041 LO 1 Issuer of Clinical Trial Subject ID
        00120042 LO 1 Clinical Trial Subject Reading ID
        00120043 LO 1 Issuer of Clinical Trial Subject Reading ID
        00120050 LO 1 Clinical Trial Time Point ID
        00120051 ST 1 Clinical Trial Time Point Description
        00120052 FD 1 Longitudinal Temporal Offset from Event
        00120053 CS 1 Longitudinal Temporal Event Type
        00120054 SQ 1 Clinical Trial Time Point Type Code Sequence
        00120055 LO 1 Issuer of Clinical Trial Time Point ID
        00120060 LO 1 Clinical Trial Coordinating Center Name
        00120062 CS 1 Patient Identity Removed
        00120063 LO 1-n De-identification Method=DeidentificationMethod
        00120064 SQ 1 De-identification Method Code Sequence=DeidentificationMethodCodeSequence
        00120071 LO 1 Clinical Trial Series ID
        00120072 LO 1 Clinical Trial Series Description
        00120073 LO 1 Issuer of Clinical Trial Series ID
        00120081 LO 1 Clinical Trial Protocol Ethics Committee Name
        00120082 LO 1 Clinical Trial Protocol Ethics Committee Approval Number
        00120083 SQ 1 Consent for Clinical Trial Use Sequence
        00120084 CS 1 Distribution Type
        00120085 CS 1 Consent for Distribution Flag
        00120086 DA 1 Ethics Committee Approval Effectiveness Start Date
        00120087 DA 1 Ethics Committee Approval Effectiveness End Date
        00140023!ST 1 CAD File Format
        00140024!ST 1 Component Reference System
        00140025 ST 1 Component Manufacturing Procedure
        00140028 ST 1 Component Manufacturer
        00140030 DS 1-n Material Thickness
        00140032 DS 1-n Material Pipe Diameter
        00140034 DS 1-n Material Isolation Diameter
        00140042 ST 1 Material Grade
        00140044 ST 1 Material Properties Description
        00140045!ST 1 Material Properties File Format (Retired)
        00140046 LT 1 Material Notes
        00140050 CS 1 Component Shape
        00140052 CS 1 Curvature Type
        00140054 DS 1 Outer Diameter
        00140056 DS 1 Inner Diameter
        00140100 LO 1-n Component Welder IDs
        00140101 CS 1 Secondary Approval Status
        00140102 DA 1 Secondary Review Date
        00140103 TM 1 Secondary Review Time
        00140104 PN 1 Secondary Reviewer Name
        00140105 ST 1 Repair ID
        00140106 SQ 1 Multiple Component Approval Sequence
        00140107 CS 1-n Other Approval Status
        00140108 CS 1-n Other Secondary Approval Status
        00140200 SQ 1 Data Element Label Sequence
        00140201 SQ 1 Data Element Label Item Sequence
        00140202 AT 1 Data Element
        00140203 LO 1 Data Element Name
        00140204 LO 1 Data Element Description
        00140205 CS 1 Data Element Conditionality
        00140206 IS 1 Data Element Minimum Characters
        00140207 IS 1 Data Element Maximum Characters
        00141010 ST 1 Actual Environmental Conditions
        00141020 DA 1 Expiry Date
        00141040 ST 1 Environmental Conditions
        00142002 SQ 1 Evaluator Sequence
        00142004 IS 1 Evaluator Number
        00142006 PN 1 Evaluator Name
        00142008 IS 1 Evaluation Attempt
        00142012 SQ 1 Indication Sequence
        00142014 IS 1 Indication Number
        00142016 SH 1 Indication Label
        00142018 ST 1 Indication Description
        0014201A CS 1-n Indication Type
        0014201C CS 1 Indication Disposition
        0014201E SQ 1 Indication ROI Sequence
        00142030 SQ 1 Indication Physical Property Sequence
        00142032 SH 1 Property Label
        00142202 IS 1 Coordinate System Number of Axes
        00142204 SQ 1 Coordinate System Axes Sequence
        00142206 ST 1 Coordinate System Axis Description
        00142208 CS 1 Coordinate System Data Set Mapping
        0014220A IS 1 Coordinate System Axis Number
        0014220C CS 1 Coordinate System Axis Type
        0014220E CS 1 Coordinate System Axis Units
        00142210 OB 1 Coordinate System Axis Values
        00142220 SQ 1 Coordinate System Transform Sequence
        00142222 ST 1 Transform Description
        00142224 IS 1 Transform Number of Axes
        00142226 IS 1-n Transform Order of Axes
        00142228 CS 1 Transformed Axis Units
        0014222A DS 1-n Coordinate System Transform Rotation and Scale Matrix
        0014222C DS 1-n Coordinate System Transform Translation Matrix
        00143011 DS 1 Internal Detector Frame Time
        00143012 DS 1 Number of Frames Integrated
        00143020 SQ 1 Detector Temperature Sequence
        00143022 ST 1 Sensor Name
        00143024 DS 1 Horizontal Offset of Sensor
        00143026 DS 1 Vertical Offset of Sensor
        00143028 DS 1 Sensor Temperature
        00143040 SQ 1 Dark Current Sequence
        00143050 OB/OW 1 Dark Current Counts
        00143060 SQ 1 Gain Correction Reference Sequence
        00143070 OB/OW 1 Air Counts
        00143071 DS 1 KV Used in Gain Calibration
        00143072 DS 1 MA Used in Gain Calibration
        00143073 DS 1 Number of Frames Used for Integration
        00143074 LO 1 Filter Material Used in Gain Calibration
        00143075 DS 1 Filter Thickness Used in Gain Calibration
        00143076 DA 1 Date of Gain Calibration
        00143077 TM 1 Time of Gain Calibration
        00143080 OB 1 Bad Pixel Image
        00143099 LT 1 Calibration Notes
        00143100 LT 1 Linearity Correction Technique
        00143101 LT 1 Beam Hardening Correction Technique
        00144002 SQ 1 Pulser Equipment Sequence
        00144004 CS 1 Pulser Type
        00144006 LT 1 Pulser Notes
        00144008 SQ 1 Receiver Equipment Sequence
        0014400A CS 1 Amplifier Type
        0014400C LT 1 Receiver Notes
        0014400E SQ 1 Pre-Amplifier Equipment Sequence
        0014400F LT 1 Pre-Amplifier Notes
        00144010 SQ 1 Transmit Transducer Sequence
        00144011 SQ 1 Receive Transducer Sequence
        00144012 US 1 Number of Elements
        00144013 CS 1 Element Shape
        00144014 DS 1 Element Dimension A
        00144015 DS 1 Element Dimension B
        00144016 DS 1 Element Pitch A
        00144017 DS 1 Measured Beam Dimension A
        00144018 DS 1 Measured Beam Dimension B
        00144019 DS 1 Location of Measured Beam Diameter
        0014401A DS 1 Nominal Frequency
        0014401B DS 1 Measured Center Frequency
        0014401C DS 1 Measured Bandwidth
        0014401D DS 1 Element Pitch B
        00144020 SQ 1 Pulser Settings Sequence
        00144022 DS 1 Pulse Width
        00144024 DS 1 Excitation Frequency
        00144026 CS 1 Modulation Type
        00144028 DS 1 Damping
        00144030 SQ 1 Receiver Settings Sequence
        00144031 DS 1 Acquired Soundpath Length
        00144032 CS 1 Acquisition Compression Type
        00144033 IS 1 Acquisition Sample Size
        00144034 DS 1 Rectifier Smoothing
        00144035 SQ 1 DAC Sequence
        00144036 CS 1 DAC Type
        00144038 DS 1-n DAC Gain Points
        0014403A DS 1-n DAC Time Points
        0014403C DS 1-n DAC Amplitude
        00144040 SQ 1 Pre-Amplifier Settings Sequence
        00144050 SQ 1 Transmit Transducer Settings Sequence
        00144051 SQ 1 Receive Transducer Settings Sequence
        00144052 DS 1 Incident Angle
        00144054 ST 1 Coupling Technique
        00144056 ST 1 Coupling Medium
        00144057 DS 1 Coupling Velocity
        00144058 DS 1 Probe Center Location X
        00144059 DS 1 Probe Center Location Z
        0014405A DS 1 Sound Path Length
        0014405C ST 1 Delay Law Identifier
        00144060 SQ 1 Gate Settings Sequence
        00144062 DS 1 Gate Threshold
        00144064 DS 1 Velocity of Sound
        00144070 SQ 1 Calibration Settings Sequence
        00144072 ST 1 Calibration Procedure
        00144074 SH 1 Procedure Version
        00144076 DA 1 Procedure Creation Date
        00144078 DA 1 Procedure Expiration Date
        0014407A DA 1 Procedure Last Modified Date
        0014407C TM 1-n Calibration Time
        0014407E DA 1-n Calibration Date
        00144080 SQ 1 Probe Drive Equipment Sequence
        00144081 CS 1 Drive Type
        00144082 LT 1 Probe Drive Notes
        00144083 SQ 1 Drive Probe Sequence
        00144084 DS 1 Probe Inductance
        00144085 DS 1 Probe Resistance
        00144086 SQ 1 Receive Probe Sequence
        00144087 SQ 1 Probe Drive Settings Sequence
        00144088 DS 1 Bridge Resistors
        00144089 DS 1 Probe Orientation Angle
        0014408B DS 1 User Selected Gain Y
        0014408C DS 1 User Selected Phase
        0014408D DS 1 User Selected Offset X
        0014408E DS 1 User Selected Offset Y
        00144091 SQ 1 Channel Settings Sequence
        00144092 DS 1 Channel Threshold
        0014409A SQ 1 Scanner Settings Sequence
        0014409B ST 1 Scan Procedure
        0014409C DS 1 Translation Rate X
        0014409D DS 1 Translation Rate Y
        0014409F DS 1 Channel Overlap
        001440A0 LO 1-n Image Quality Indicator Type
        001440A1 LO 1-n Image Quality Indicator Material
        001440A2 LO 1-n Image Quality Indicator Size
        00145002 IS 1 LINAC Energy
        00145004 IS 1 LINAC Output
        00145100 US 1 Active Aperture
        00145101 DS 1 Total Aperture
        00145102 DS 1 Aperture Elevation
        00145103 DS 1 Main Lobe Angle
        00145104 DS 1 Main Roof Angle
        00145105 CS 1 Connector Type
        00145106 SH 1 Wedge Model Number
        00145107 DS 1 Wedge Angle Float
        00145108 DS 1 Wedge Roof Angle
        00145109 CS 1 Wedge Element 1 Position
        0014510A DS 1 Wedge Material Velocity
        0014510B SH 1 Wedge Material
        0014510C DS 1 Wedge Offset Z
        0014510D DS 1 Wedge Origin Offset X
        0014510E DS 1 Wedge Time Delay
        0014510F SH 1 Wedge Name
        00145110 SH 1 Wedge Manufacturer Name
        00145111 LO 1 Wedge Description
        00145112 DS 1 Nominal Beam Angle
        00145113 DS 1 Wedge Offset X
        00145114 DS 1 Wedge Offset Y
        00145115 DS 1 Wedge Total Length
        00145116 DS 1 Wedge In Contact Length
        00145117 DS 1 Wedge Front Gap
        00145118 DS 1 Wedge Total Height
        00145119 DS 1 Wedge Front Height
        0014511A DS 1 Wedge Rear Height
        0014511B DS 1 Wedge Total Width
        0014511C DS 1 Wedge In Contact Width
        0014511D DS 1 Wedge Chamfer Height
        0014511E CS 1 Wedge Curve
        0014511F DS 1 Radius Along the Wedge=RadiusAlongWedge
        00160001 DS 1 White Point
        00160002 DS 3 Primary Chromaticities
        00160003 UT 1 Battery Level
        00160004 DS 1 Exposure Time in Seconds
        00160005 DS 1 F-Number
        00160006 IS 1 OECF Rows
        00160007 IS 1 OECF Columns
        00160008 UC 1-n OECF Column Names
        00160009 DS 1-n OECF Values
        0016000A IS 1 Spatial Frequency Response Rows
        0016000B IS 1 Spatial Frequency Response Columns
        0016000C UC 1-n Spatial Frequency Response Column Names
        0016000D DS 1-n Spatial Frequency Response Values
        0016000E IS 1 Color Filter Array Pattern Rows
        0016000F IS 1 Color Filter Array Pattern Columns
        00160010 DS 1-n Color Filter Array Pattern Values
        00160011 US 1 Flash Firing Status
        00160012 US 1 Flash Return Status
        00160013 US 1 Flash Mode
        00160014 US 1 Flash Function Present
        00160015 US 1 Flash Red Eye Mode
        00160016 US 1 Exposure Program
        00160017 UT 1 Spectral Sensitivity
        00160018 IS 1 Photographic Sensitivity
        00160019 IS 1 Self Timer Mode
        0016001A US 1 Sensitivity Type
        0016001B IS 1 Standard Output Sensitivity
        0016001C IS 1 Recommended Exposure Index
        0016001D IS 1 ISO Speed
        0016001E IS 1 ISO Speed Latitude yyy=ISOSpeedLatitudeyyy
        0016001F IS 1 ISO Speed Latitude zzz=ISOSpeedLatitudezzz
        00160020 UT 1 EXIF Version
        00160021 DS 1 Shutter Speed Value
        00160022 DS 1 Aperture Value
        00160023 DS 1 Brightness Value
        00160024 DS 1 Exposure Bias Value
        00160025 DS 1 Max Aperture Value
        00160026 DS 1 Subject Distance
        00160027 US 1 Metering Mode
        00160028 US 1 Light Source
        00160029 DS 1 Focal Length
        0016002A IS 2-4 Subject Area
        0016002B OB 1 Maker Note
        00160030 DS 1 Temperature
        00160031 DS 1 Humidity
        00160032 DS 1 Pressure
        00160033 DS 1 Water Depth
        00160034 DS 1 Acceleration
        00160035 DS 1 Camera Elevation Angle
        00160036 DS 1-2 Flash Energy
        00160037 IS 2 Subject Location
        00160038 DS 1 Photographic Exposure Index
        00160039 US 1 Sensing Method
        0016003A US 1 File Source
        0016003B US 1 Scene Type
        00160041 US 1 Custom Rendered
        00160042 US 1 Exposure Mode
        00160043 US 1 White Balance
        00160044 DS 1 Digital Zoom Ratio
        00160045 IS 1 Focal Length In 35mm Film
        00160046 US 1 Scene Capture Type
        00160047 US 1 Gain Control
        00160048 US 1 Contrast
        00160049 US 1 Saturation
        0016004A US 1 Sharpness
        0016004B OB 1 Device Setting Description
        0016004C US 1 Subject Distance Range
        0016004D UT 1 Camera Owner Name
        0016004E DS 4 Lens Specification
        0016004F UT 1 Lens Make
        00160050 UT 1 Lens Model
        00160051 UT 1 Lens Serial Number
        00160061 CS 1 Interoperability Index
        00160062 OB 1 Interoperability Version
        00160070 OB 1 GPS Version ID
        00160071 CS 1 GPS Latitude Ref
        00160072 DS 3 GPS Latitude
        00160073 CS 1 GPS Longitude Ref
        00160074 DS 3 GPS Longitude
        00160075 US 1 GPS Altitude Ref
        00160076 DS 1 GPS Altitude
        00160077 DT 1 GPS Time Stamp
        00160078 UT 1 GPS Satellites
        00160079 CS 1 GPS Status
        0016007A CS 1 GPS Measure Mode
        0016007B DS 1 GPS DOP
        0016007C CS 1 GPS Speed Ref
        0016007D DS 1 GPS Speed
        0016007E CS 1 GPS Track Ref
        0016007F DS 1 GPS Track
        00160080 CS 1 GPS Img Direction Ref
        00160081 DS 1 GPS Img Direction
        00160082 UT 1 GPS Map Datum
        00160083 CS 1 GPS Dest Latitude Ref
        00160084 DS 3 GPS Dest Latitude
        00160085 CS 1 GPS Dest Longitude Ref
        00160086 DS 3 GPS Dest Longitude
        00160087 CS 1 GPS Dest Bearing Ref
        00160088 DS 1 GPS Dest Bearing
        00160089 CS 1 GPS Dest Distance Ref
        0016008A DS 1 GPS Dest Distance
        0016008B OB 1 GPS Processing Method
        0016008C OB 1 GPS Area Information
        0016008D DT 1 GPS Date Stamp
        0016008E IS 1 GPS Differential
        00161001 CS 1 Light Source Polarization
        00161002 DS 1 Emitter Color Temperature
        00161003 CS 1 Contact Method
        00161004 CS 1-n Immersion Media
        00161005 DS 1 Optical Magnification Factor
        00180010 LO 1 Contrast/Bolus Agent
        00180012 SQ 1 Contrast/Bolus Agent Sequence
        00180013 FL 1 Contrast/Bolus T1 Relaxivity
        00180014 SQ 1 Contrast/Bolus Administration Route Sequence
        00180015 CS 1 Body Part Examined
        00180020 CS 1-n Scanning Sequence
        00180021 CS 1-n Sequence Variant
        00180022 CS 1-n Scan Options
        00180023 CS 1 MR Acquisition Type
        00180024 SH 1 Sequence Name
        00180025 CS 1 Angio Flag
        00180026 SQ 1 Intervention Drug Information Sequence
        00180027 TM 1 Intervention Drug Stop Time
        00180028 DS 1 Intervention Drug Dose
        00180029 SQ 1 Intervention Drug Code Sequence
        0018002A SQ 1 Additional Drug Sequence
        00180030!LO 1-n Radionuclide
        00180031 LO 1 Radiopharmaceutical
        00180032!DS 1 Energy Window Centerline
        00180033!DS 1-n Energy Window Total Width
        00180034 LO 1 Intervention Drug Name
        00180035 TM 1 Intervention Drug Start Time
        00180036 SQ 1 Intervention Sequence
        00180037!CS 1 Therapy Type
        00180038 CS 1 Intervention Status
        00180039!CS 1 Therapy Description
        0018003A ST 1 Intervention Description
        00180040 IS 1 Cine Rate
        00180042 CS 1 Initial Cine Run State
        00180050 DS 1 Slice Thickness
        00180060 DS 1 KVP
        00180061!DS 1
        00180070 IS 1 Counts Accumulated
        00180071 CS 1 Acquisition Termination Condition
        00180072 DS 1 Effective Duration
        00180073 CS 1 Acquisition Start Condition
        00180074 IS 1 Acquisition Start Condition Data
        00180075 IS 1 Acquisition Termination Condition Data
        00180080 DS 1 Repetition Time
        00180081 DS 1 Echo Time
        00180082 DS 1 Inversion Time
        00180083 DS 1 Number of Averages
        00180084 DS 1 Imaging Frequency
        00180085 SH 1 Imaged Nucleus
        00180086 IS 1-n Echo Number(s)=EchoNumbers
        00180087 DS 1 Magnetic Field Strength
        00180088 DS 1 Spacing Between Slices
        00180089 IS 1 Number of Phase Encoding Steps
        00180090 DS 1 Data Collection Diameter
        00180091 IS 1 Echo Train Length
        00180093 DS 1 Percent Sampling
        00180094 DS 1 Percent Phase Field of View
        00180095 DS 1 Pixel Bandwidth
        00181000 LO 1 Device Serial Number
        00181002 UI 1 Device UID
        00181003 LO 1 Device ID
        00181004 LO 1 Plate ID
        00181005 LO 1 Generator ID
        00181006 LO 1 Grid ID
        00181007 LO 1 Cassette ID
        00181008 LO 1 Gantry ID
        00181009 UT 1 Unique Device Identifier
        0018100A SQ 1 UDI Sequence
        0018100B UI 1-n Manufacturer's Device Class UID
        00181010 LO 1 Secondary Capture Device ID
        00181011!LO 1 Hardcopy Creation Device ID
        00181012 DA 1 Date of Secondary Capture
        00181014 TM 1 Time of Secondary Capture
        00181016 LO 1 Secondary Capture Device Manufacturer
        00181017!LO 1 Hardcopy Device Manufacturer
        00181018 LO 1 Secondary Capture Device Manufacturer's Model Name
        00181019 LO 1-n Secondary Capture Device Software Versions
        0018101A!LO 1-n Hardcopy Device Software Version
        0018101B!LO 1 Hardcopy Device Manufacturer's Model Name
        00181020 LO 1-n Software Versions
        00181022 SH 1 Video Image Format Acquired
        00181023 LO 1 Digital Image Format Acquired
        00181030 LO 1 Protocol Name
        00181040 LO 1 Contrast/Bolus Route
        00181041 DS 1 Contrast/Bolus Volume
        00181042 TM 1 Contrast/Bolus Start Time
        00181043 TM 1 Contrast/Bolus Stop Time
        00181044 DS 1 Contrast/Bolus Total Dose
        00181045 IS 1 Syringe Counts
        00181046 DS 1-n Contrast Flow Rate
        00181047 DS 1-n Contrast Flow Duration
        00181048 CS 1 Contrast/Bolus Ingredient
        00181049 DS 1 Contrast/Bolus Ingredient Concentration
        00181050 DS 1 Spatial Resolution
        00181060 DS 1 Trigger Time
        00181061 LO 1 Trigger Source or Type
        00181062 IS 1 Nominal Interval
        00181063 DS 1 Frame Time
        00181064 LO 1 Cardiac Framing Type
        00181065 DS 1-n Frame Time Vector
        00181066 DS 1 Frame Delay
        00181067 DS 1 Image Trigger Delay
        00181068 DS 1 Multiplex Group Time Offset
        00181069 DS 1 Trigger Time Offset
        0018106A CS 1 Synchronization Trigger
        0018106C US 2 Synchronization Channel
        0018106E UL 1 Trigger Sample Position
        00181070 LO 1 Radiopharmaceutical Route
        00181071 DS 1 Radiopharmaceutical Volume
        00181072 TM 1 Radiopharmaceutical Start Time
        00181073 TM 1 Radiopharmaceutical Stop Time
        00181074 DS 1 Radionuclide Total Dose
        00181075 DS 1 Radionuclide Half Life
        00181076 DS 1 Radionuclide Positron Fraction
        00181077 DS 1 Radiopharmaceutical Specific Activity
        00181078 DT 1 Radiopharmaceutical Start DateTime
        00181079 DT 1 Radiopharmaceutical Stop DateTime
        00181080 CS 1 Beat Rejection Flag
        00181081 IS 1 Low R-R Value
        00181082 IS 1 High R-R Value
        00181083 IS 1 Intervals Acquired
        00181084 IS 1 Intervals Rejected
        00181085 LO 1 PVC Rejection
        00181086 IS 1 Skip Beats
        00181088 IS 1 Heart Rate
        00181090 IS 1 Cardiac Number of Images
        00181094 IS 1 Trigger Window
        00181100 DS 1 Reconstruction Diameter
        00181110 DS 1 Distance Source to Detector
        00181111 DS 1 Distance Source to Patient
        00181114 DS 1 Estimated Radiographic Magnification Factor
        00181120 DS 1 Gantry/Detector Tilt
        00181121 DS 1 Gantry/Detector Slew
        00181130 DS 1 Table Height
        00181131 DS 1 Table Traverse
        00181134 CS 1 Table Motion
        00181135 DS 1-n Table Vertical Increment
        00181136 DS 1-n Table Lateral Increment
        00181137 DS 1-n Table Longitudinal Increment
        00181138 DS 1 Table Angle
        0018113A CS 1 Table Type
        00181140 CS 1 Rotation Direction
        00181141!DS 1 Angular Position
        00181142 DS 1-n Radial Position
        00181143 DS 1 Scan Arc
        00181144 DS 1 Angular Step
        00181145 DS 1 Center of Rotation Offset
        00181146!DS 1-n Rotation Offset
        00181147 CS 1 Field of View Shape
        00181149 IS 1-2 Field of View Dimension(s)=FieldOfViewDimensions
        00181150 IS 1 Exposure Time
        00181151 IS 1 X-Ray Tube Current
        00181152 IS 1 Exposure
        00181153 IS 1 Exposure in µAs=ExposureInuAs
        00181154 DS 1 Average Pulse Width
        00181155 CS 1 Radiation Setting
        00181156 CS 1 Rectification Type
        0018115A CS 1 Radiation Mode
        0018115E DS 1 Image and Fluoroscopy Area Dose Product
        00181160 SH 1 Filter Type
        00181161 LO 1-n Type of Filters
        00181162 DS 1 Intensifier Size
        00181164 DS 2 Imager Pixel Spacing
        00181166 CS 1-n Grid
        00181170 IS 1 Generator Power
        00181180 SH 1 Collimator/grid Name
        00181181 CS 1 Collimator Type
        00181182 IS 1-2 Focal Distance
        00181183 DS 1-2 X Focus Center
        00181184 DS 1-2 Y Focus Center
        00181190 DS 1-n Focal Spot(s)=FocalSpots
        00181191 CS 1 Anode Target Material
        001811A0 DS 1 Body Part Thickness
        001811A2 DS 1 Compression Force
        001811A3 DS 1 Compression Pressure
        001811A4 LO 1 Paddle Description
        001811A5 DS 1 Compression Contact Area
        001811B0 LO 1 Acquisition Mode
        001811B1 LO 1 Dose Mode Name
        001811B2 CS 1 Acquired Subtraction Mask Flag
        001811B3 CS 1 Fluoroscopy Persistence Flag
        001811B4 CS 1 Fluoroscopy Last Image Hold Persistence Flag
        001811B5 IS 1 Upper Limit Number Of Persistent Fluoroscopy Frames
        001811B6 CS 1 Contrast/Bolus Auto Injection Trigger Flag
        001811B7 FD 1 Contrast/Bolus Injection Delay
        001811B8 SQ 1 XA Acquisition Phase Details Sequence
        001811B9 FD 1 XA Acquisition Frame Rate
        001811BA SQ 1 XA Plane Details Sequence
        001811BB LO 1 Acquisition Field of View Label
        001811BC SQ 1 X-Ray Filter Details Sequence
        001811BD FD 1 XA Acquisition Duration
        001811BE CS 1 Reconstruction Pipeline Type
        001811BF SQ 1 Image Filter Details Sequence
        001811C0 CS 1 Applied Mask Subtraction Flag
        001811C1 SQ 1 Requested Series Description Code Sequence
        00181200 DA 1-n Date of Last Calibration
        00181201 TM 1-n Time of Last Calibration
        00181202 DT 1 DateTime of Last Calibration
        00181203 DT 1 Calibration DateTime
        00181204 DA 1 Date of Manufacture
        00181205 DA 1 Date of Installation
        00181210 SH 1-n Convolution Kernel
        00181240!IS 1-n Upper/Lower Pixel Values
        00181242 IS 1 Actual Frame Duration
        00181243 IS 1 Count Rate
        00181244 US 1 Preferred Playback Sequencing
        00181250 SH 1 Receive Coil Name
        00181251 SH 1 Transmit Coil Name
        00181260 SH 1 Plate Type
        00181261 LO 1 Phosphor Type
        00181271 FD 1 Water Equivalent Diameter
        00181272 SQ 1 Water Equivalent Diameter Calculation Method Code Sequence
        00181300 DS 1 Scan Velocity
        00181301 CS 1-n Whole Body Technique
        00181302 IS 1 Scan Length
        00181310 US 4 Acquisition Matrix
        00181312 CS 1 In-plane Phase Encoding Direction
        00181314 DS 1 Flip Angle
        00181315 CS 1 Variable Flip Angle Flag
        00181316 DS 1 SAR
        00181318 DS 1 dB/dt=dBdt
        00181320 FL 1 B1rms
        00181400 LO 1 Acquisition Device Processing Description
        00181401 LO 1 Acquisition Device Processing Code
        00181402 CS 1 Cassette Orientation
        00181403 CS 1 Cassette Size
        00181404 US 1 Exposures on Plate
        00181405 IS 1 Relative X-Ray Exposure
        00181411 DS 1 Exposure Index
        00181412 DS 1 Target Exposure Index
        00181413 DS 1 Deviation Index
        00181450 DS 1 Column Angulation
        00181460 DS 1 Tomo Layer Height
        00181470 DS 1 Tomo Angle
        00181480 DS 1 Tomo Time
        00181490 CS 1 Tomo Type
        00181491 CS 1 Tomo Class
        00181495 IS 1 Number of Tomosynthesis Source Images
        00181500 CS 1 Positioner Motion
        00181508 CS 1 Positioner Type
        00181510 DS 1 Positioner Primary Angle
        00181511 DS 1 Positioner Secondary Angle
        00181520 DS 1-n Positioner Primary Angle Increment
        00181521 DS 1-n Positioner Secondary Angle Increment
        00181530 DS 1 Detector Primary Angle
        00181531 DS 1 Detector Secondary Angle
        00181600 CS 1-3 Shutter Shape
        00181602 IS 1 Shutter Left Vertical Edge
        00181604 IS 1 Shutter Right Vertical Edge
        00181606 IS 1 Shutter Upper Horizontal Edge
        00181608 IS 1 Shutter Lower Horizontal Edge
        00181610 IS 2 Center of Circular Shutter
        00181612 IS 1 Radius of Circular Shutter
        00181620 IS 2-2n Vertices of the Polygonal Shutter
        00181622 US 1 Shutter Presentation Value
        00181623 US 1 Shutter Overlay Group
        00181624 US 3 Shutter Presentation Color CIELab Value
        00181630 CS 1 Outline Shape Type
        00181631 FD 1 Outline Left Vertical Edge
        00181632 FD 1 Outline Right Vertical Edge
        00181633 FD 1 Outline Upper Horizontal Edge
        00181634 FD 1 Outline Lower Horizontal Edge
        00181635 FD 2 Center of Circular Outline
        00181636 FD 1 Diameter of Circular Outline
        00181637 UL 1 Number of Polygonal Vertices
        00181638 OF 1 Vertices of the Polygonal Outline
        00181700 CS 1-3 Collimator Shape
        00181702 IS 1 Collimator Left Vertical Edge
        00181704 IS 1 Collimator Right Vertical Edge
        00181706 IS 1 Collimator Upper Horizontal Edge
        00181708 IS 1 Collimator Lower Horizontal Edge
        00181710 IS 2 Center of Circular Collimator
        00181712 IS 1 Radius of Circular Collimator
        00181720 IS 2-2n Vertices of the Polygonal Collimator
        00181800 CS 1 Acquisition Time Synchronized
        00181801 SH 1 Time Source
        00181802 CS 1 Time Distribution Protocol
        00181803 LO 1 NTP Source Address
        00182001 IS 1-n Page Number Vector
        00182002 SH 1-n Frame Label Vector
        00182003 DS 1-n Frame Primary Angle Vector
        00182004 DS 1-n Frame Secondary Angle Vector
        00182005 DS 1-n Slice Location Vector
        00182006 SH 1-n Display Window Label Vector
        00182010 DS 2 Nominal Scanned Pixel Spacing
        00182020 CS 1 Digitizing Device Transport Direction
        00182030 DS 1 Rotation of Scanned Film
        00182041 SQ 1 Biopsy Target Sequence
        00182042 UI 1 Target UID
        00182043 FL 2 Localizing Cursor Position
        00182044 FL 3 Calculated Target Position
        00182045 SH 1 Target Label
        00182046 FL 1 Displayed Z Value
        00183100 CS 1 IVUS Acquisition
        00183101 DS 1 IVUS Pullback Rate
        00183102 DS 1 IVUS Gated Rate
        00183103 IS 1 IVUS Pullback Start Frame Number
        00183104 IS 1 IVUS Pullback Stop Frame Number
        00183105 IS 1-n Lesion Number
        00184000!LT 1 Acquisition Comments
        00185000 SH 1-n Output Power
        00185010 LO 1-n Transducer Data
        00185011 SQ 1 Transducer Identification Sequence
        00185012 DS 1 Focus Depth
        00185020 LO 1 Processing Function
        00185021!LO 1 Postprocessing Function
        00185022 DS 1 Mechanical Index
        00185024 DS 1 Bone Thermal Index
        00185026 DS 1 Cranial Thermal Index
        00185027 DS 1 Soft Tissue Thermal Index
        00185028 DS 1 Soft Tissue-focus Thermal Index
        00185029 DS 1 Soft Tissue-surface Thermal Index
        00185030!DS 1 Dynamic Range
        00185040!DS 1 Total Gain
        00185050 IS 1 Depth of Scan Field
        00185100 CS 1 Patient Position
        00185101 CS 1 View Position
        00185104 SQ 1 Projection Eponymous Name Code Sequence
        00185210!DS 6 Image Transformation Matrix
        00185212!DS 3 Image Translation Vector
        00186000 DS 1 Sensitivity
        00186011 SQ 1 Sequence of Ultrasound Regions
        00186012 US 1 Region Spatial Format
        00186014 US 1 Region Data Type
        00186016 UL 1 Region Flags
        00186018 UL 1 Region Location Min X0
        0018601A UL 1 Region Location Min Y0
        0018601C UL 1 Region Location Max X1
        0018601E UL 1 Region Location Max Y1
        00186020 SL 1 Reference Pixel X0
        00186022 SL 1 Reference Pixel Y0
        00186024 US 1 Physical Units X Direction
        00186026 US 1 Physical Units Y Direction
        00186028 FD 1 Reference Pixel Physical Value X
        0018602A FD 1 Reference Pixel Physical Value Y
        0018602C FD 1 Physical Delta X
        0018602E FD 1 Physical Delta Y
        00186030 UL 1 Transducer Frequency
        00186031 CS 1 Transducer Type
        00186032 UL 1 Pulse Repetition Frequency
        00186034 FD 1 Doppler Correction Angle
        00186036 FD 1 Steering Angle
        00186038!UL 1 Doppler Sample Volume X Position (Retired)
        00186039 SL 1 Doppler Sample Volume X Position
        0018603A!UL 1 Doppler Sample Volume Y Position (Retired)
        0018603B SL 1 Doppler Sample Volume Y Position
        0018603C!UL 1 TM-Line Position X0 (Retired)
        0018603D SL 1 TM-Line Position X0
        0018603E!UL 1 TM-Line Position Y0 (Retired)
        0018603F SL 1 TM-Line Position Y0
        00186040!UL 1 TM-Line Position X1 (Retired)
        00186041 SL 1 TM-Line Position X1
        00186042!UL 1 TM-Line Position Y1 (Retired)
        00186043 SL 1 TM-Line Position Y1
        00186044 US 1 Pixel Component Organization
        00186046 UL 1 Pixel Component Mask
        00186048 UL 1 Pixel Component Range Start
        0018604A UL 1 Pixel Component Range Stop
        0018604C US 1 Pixel Component Physical Units
        0018604E US 1 Pixel Component Data Type
        00186050 UL 1 Number of Table Break Points
        00186052 UL 1-n Table of X Break Points
        00186054 FD 1-n Table of Y Break Points
        00186056 UL 1 Number of Table Entries
        00186058 UL 1-n Table of Pixel Values
        0018605A FL 1-n Table of Parameter Values
        00186060 FL 1-n R Wave Time Vector
        00186070 US 1 Active Image Area Overlay Group
        00187000 CS 1 Detector Conditions Nominal Flag
        00187001 DS 1 Detector Temperature
        00187004 CS 1 Detector Type
        00187005 CS 1 Detector Configuration
        00187006 LT 1 Detector Description
        00187008 LT 1 Detector Mode
        0018700A SH 1 Detector ID
        0018700C DA 1 Date of Last Detector Calibration
        0018700E TM 1 Time of Last Detector Calibration
        00187010 IS 1 Exposures on Detector Since Last Calibration
        00187011 IS 1 Exposures on Detector Since Manufactured
        00187012 DS 1 Detector Time Since Last Exposure
        00187014 DS 1 Detector Active Time
        00187016 DS 1 Detector Activation Offset From Exposure
        0018701A DS 2 Detector Binning
        00187020 DS 2 Detector Element Physical Size
        00187022 DS 2 Detector Element Spacing
        00187024 CS 1 Detector Active Shape
        00187026 DS 1-2 Detector Active Dimension(s)=DetectorActiveDimensions
        00187028 DS 2 Detector Active Origin
        0018702A LO 1 Detector Manufacturer Name
        0018702B LO 1 Detector Manufacturer's Model Name
        00187030 DS 2 Field of View Origin
        00187032 DS 1 Field of View Rotation
        00187034 CS 1 Field of View Horizontal Flip
        00187036 FL 2 Pixel Data Area Origin Relative To FOV
        00187038 FL 1 Pixel Data Area Rotation Angle Relative To FOV
        00187040 LT 1 Grid Absorbing Material
        00187041 LT 1 Grid Spacing Material
        00187042 DS 1 Grid Thickness
        00187044 DS 1 Grid Pitch
        00187046 IS 2 Grid Aspect Ratio
        00187048 DS 1 Grid Period
        0018704C DS 1 Grid Focal Distance
        00187050 CS 1-n Filter Material
        00187052 DS 1-n Filter Thickness Minimum
        00187054 DS 1-n Filter Thickness Maximum
        00187056 FL 1-n Filter Beam Path Length Minimum
        00187058 FL 1-n Filter Beam Path Length Maximum
        00187060 CS 1 Exposure Control Mode
        00187062 LT 1 Exposure Control Mode Description
        00187064 CS 1 Exposure Status
        00187065 DS 1 Phototimer Setting
        00188150 DS 1 Exposure Time in µS=ExposureTimeInuS
        00188151 DS 1 X-Ray Tube Current in µA=XRayTubeCurrentInuA
        00189004 CS 1 Content Qualification
        00189005 SH 1 Pulse Sequence Name
        00189006 SQ 1 MR Imaging Modifier Sequence
        00189008 CS 1 Echo Pulse Sequence
        00189009 CS 1 Inversion Recovery
        00189010 CS 1 Flow Compensation
        00189011 CS 1 Multiple Spin Echo
        00189012 CS 1 Multi-planar Excitation
        00189014 CS 1 Phase Contrast
        00189015 CS 1 Time of Flight Contrast
        00189016 CS 1 Spoiling
        00189017 CS 1 Steady State Pulse Sequence
        00189018 CS 1 Echo Planar Pulse Sequence
        00189019 FD 1 Tag Angle First Axis
        00189020 CS 1 Magnetization Transfer
        00189021 CS 1 T2 Preparation
        00189022 CS 1 Blood Signal Nulling
        00189024 CS 1 Saturation Recovery
        00189025 CS 1 Spectrally Selected Suppression
        00189026 CS 1 Spectrally Selected Excitation
        00189027 CS 1 Spatial Pre-saturation=SpatialPresaturation
        00189028 CS 1 Tagging
        00189029 CS 1 Oversampling Phase
        00189030 FD 1 Tag Spacing First Dimension
        00189032 CS 1 Geometry of k-Space Traversal
        00189033 CS 1 Segmented k-Space Traversal
        00189034 CS 1 Rectilinear Phase Encode Reordering
        00189035 FD 1 Tag Thickness
        00189036 CS 1 Partial Fourier Direction
        00189037 CS 1 Cardiac Synchronization Technique
        00189041 LO 1 Receive Coil Manufacturer Name
        00189042 SQ 1 MR Receive Coil Sequence
        00189043 CS 1 Receive Coil Type
        00189044 CS 1 Quadrature Receive Coil
        00189045 SQ 1 Multi-Coil Definition Sequence
        00189046 LO 1 Multi-Coil Configuration
        00189047 SH 1 Multi-Coil Element Name
        00189048 CS 1 Multi-Coil Element Used
        00189049 SQ 1 MR Transmit Coil Sequence
        00189050 LO 1 Transmit Coil Manufacturer Name
        00189051 CS 1 Transmit Coil Type
        00189052 FD 1-2 Spectral Width
        00189053 FD 1-2 Chemical Shift Reference
        00189054 CS 1 Volume Localization Technique
        00189058 US 1 MR Acquisition Frequency Encoding Steps
        00189059 CS 1 De-coupling=Decoupling
        00189060 CS 1-2 De-coupled Nucleus=DecoupledNucleus
        00189061 FD 1-2 De-coupling Frequency=DecouplingFrequency
        00189062 CS 1 De-coupling Method=DecouplingMethod
        00189063 FD 1-2 De-coupling Chemical Shift Reference=DecouplingChemicalShiftReference
        00189064 CS 1 k-space Filtering
        00189065 CS 1-2 Time Domain Filtering
        00189066 US 1-2 Number of Zero Fills
        00189067 CS 1 Baseline Correction
        00189069 FD 1 Parallel Reduction Factor In-plane
        00189070 FD 1 Cardiac R-R Interval Specified
        00189073 FD 1 Acquisition Duration
        00189074 DT 1 Frame Acquisition DateTime
        00189075 CS 1 Diffusion Directionality
        00189076 SQ 1 Diffusion Gradient Direction Sequence
        00189077 CS 1 Parallel Acquisition
        00189078 CS 1 Parallel Acquisition Technique
        00189079 FD 1-n Inversion Times
        00189080 ST 1 Metabolite Map Description
        00189081 CS 1 Partial Fourier
        00189082 FD 1 Effective Echo Time
        00189083 SQ 1 Metabolite Map Code Sequence
        00189084 SQ 1 Chemical Shift Sequence
        00189085 CS 1 Cardiac Signal Source
        00189087 FD 1 Diffusion b-value
        00189089 FD 3 Diffusion Gradient Orientation
        00189090 FD 3 Velocity Encoding Direction
        00189091 FD 1 Velocity Encoding Minimum Value
        00189092 SQ 1 Velocity Encoding Acquisition Sequence
        00189093 US 1 Number of k-Space Trajectories
        00189094 CS 1 Coverage of k-Space
        00189095 UL 1 Spectroscopy Acquisition Phase Rows
        00189096!FD 1 Parallel Reduction Factor In-plane (Retired)
        00189098 FD 1-2 Transmitter Frequency
        00189100 CS 1-2 Resonant Nucleus
        00189101 CS 1 Frequency Correction
        00189103 SQ 1 MR Spectroscopy FOV/Geometry Sequence
        00189104 FD 1 Slab Thickness
        00189105 FD 3 Slab Orientation
        00189106 FD 3 Mid Slab Position
        00189107 SQ 1 MR Spatial Saturation Sequence
        00189112 SQ 1 MR Timing and Related Parameters Sequence
        00189114 SQ 1 MR Echo Sequence
        00189115 SQ 1 MR Modifier Sequence
        00189117 SQ 1 MR Diffusion Sequence
        00189118 SQ 1 Cardiac Synchronization Sequence
        00189119 SQ 1 MR Averages Sequence
        00189125 SQ 1 MR FOV/Geometry Sequence
        00189126 SQ 1 Volume Localization Sequence
        00189127 UL 1 Spectroscopy Acquisition Data Columns
        00189147 CS 1 Diffusion Anisotropy Type
        00189151 DT 1 Frame Reference DateTime
        00189152 SQ 1 MR Metabolite Map Sequence
        00189155 FD 1 Parallel Reduction Factor out-of-plane
        00189159 UL 1 Spectroscopy Acquisition Out-of-plane Phase Steps
        00189166!CS 1 Bulk Motion Status
        00189168 FD 1 Parallel Reduction Factor Second In-plane
        00189169 CS 1 Cardiac Beat Rejection Technique
        00189170 CS 1 Respiratory Motion Compensation Technique
        00189171 CS 1 Respiratory Signal Source
        00189172 CS 1 Bulk Motion Compensation Technique
        00189173 CS 1 Bulk Motion Signal Source
        00189174 CS 1 Applicable Safety Standard Agency
        00189175 LO 1 Applicable Safety Standard Description
        00189176 SQ 1 Operating Mode Sequence
        00189177 CS 1 Operating Mode Type
        00189178 CS 1 Operating Mode
        00189179 CS 1 Specific Absorption Rate Definition
        00189180 CS 1 Gradient Output Type
        00189181 FD 1 Specific Absorption Rate Value
        00189182 FD 1 Gradient Output
        00189183 CS 1 Flow Compensation Direction
        00189184 FD 1 Tagging Delay
        00189185 ST 1 Respiratory Motion Compensation Technique Description
        00189186 SH 1 Respiratory Signal Source ID
        00189195!FD 1 Chemical Shift Minimum Integration Limit in Hz
        00189196!FD 1 Chemical Shift Maximum Integration Limit in Hz
        00189197 SQ 1 MR Velocity Encoding Sequence
        00189198 CS 1 First Order Phase Correction
        00189199 CS 1 Water Referenced Phase Correction
        00189200 CS 1 MR Spectroscopy Acquisition Type
        00189214 CS 1 Respiratory Cycle Position
        00189217 FD 1 Velocity Encoding Maximum Value
        00189218 FD 1 Tag Spacing Second Dimension
        00189219 SS 1 Tag Angle Second Axis
        00189220 FD 1 Frame Acquisition Duration
        00189226 SQ 1 MR Image Frame Type Sequence
        00189227 SQ 1 MR Spectroscopy Frame Type Sequence
        00189231 US 1 MR Acquisition Phase Encoding Steps in-plane
        00189232 US 1 MR Acquisition Phase Encoding Steps out-of-plane
        00189234 UL 1 Spectroscopy Acquisition Phase Columns
        00189236 CS 1 Cardiac Cycle Position
        00189239 SQ 1 Specific Absorption Rate Sequence
        00189240 US 1 RF Echo Train Length
        00189241 US 1 Gradient Echo Train Length
        00189250 CS 1 Arterial Spin Labeling Contrast
        00189251 SQ 1 MR Arterial Spin Labeling Sequence
        00189252 LO 1 ASL Technique Description
        00189253 US 1 ASL Slab Number
        00189254 FD 1 ASL Slab Thickness
        00189255 FD 3 ASL Slab Orientation
        00189256 FD 3 ASL Mid Slab Position
        00189257 CS 1 ASL Context
        00189258 UL 1 ASL Pulse Train Duration
        00189259 CS 1 ASL Crusher Flag
        0018925A FD 1 ASL Crusher Flow Limit
        0018925B LO 1 ASL Crusher Description
        0018925C CS 1 ASL Bolus Cut-off Flag=ASLBolusCutoffFlag
        0018925D SQ 1 ASL Bolus Cut-off Timing Sequence=ASLBolusCutoffTimingSequence
        0018925E LO 1 ASL Bolus Cut-off Technique=ASLBolusCutoffTechnique
        0018925F UL 1 ASL Bolus Cut-off Delay Time=ASLBolusCutoffDelayTime
        00189260 SQ 1 ASL Slab Sequence
        00189295 FD 1 Chemical Shift Minimum Integration Limit in ppm=ChemicalShiftMinimumIntegrationLimitInppm
        00189296 FD 1 Chemical Shift Maximum Integration Limit in ppm=ChemicalShiftMaximumIntegrationLimitInppm
        00189297 CS 1 Water Reference Acquisition
        00189298 IS 1 Echo Peak Position
        00189301 SQ 1 CT Acquisition Type Sequence
        00189302 CS 1 Acquisition Type
        00189303 FD 1 Tube Angle
        00189304 SQ 1 CT Acquisition Details Sequence
        00189305 FD 1 Revolution Time
        00189306 FD 1 Single Collimation Width
        00189307 FD 1 Total Collimation Width
        00189308 SQ 1 CT Table Dynamics Sequence
        00189309 FD 1 Table Speed
        00189310 FD 1 Table Feed per Rotation
        00189311 FD 1 Spiral Pitch Factor
        00189312 SQ 1 CT Geometry Sequence
        00189313 FD 3 Data Collection Center (Patient)
        00189314 SQ 1 CT Reconstruction Sequence
        00189315 CS 1 Reconstruction Algorithm
        00189316 CS 1 Convolution Kernel Group
        00189317 FD 2 Reconstruction Field of View
        00189318 FD 3 Reconstruction Target Center (Patient)
        00189319 FD 1 Reconstruction Angle
        00189320 SH 1 Image Filter
        00189321 SQ 1 CT Exposure Sequence
        00189322 FD 2 Reconstruction Pixel Spacing
        00189323 CS 1-n Exposure Modulation Type
        00189324!FD 1 Estimated Dose Saving
        00189325 SQ 1 CT X-Ray Details Sequence
        00189326 SQ 1 CT Position Sequence
        00189327 FD 1 Table Position
        00189328 FD 1 Exposure Time in ms=ExposureTimeInms
        00189329 SQ 1 CT Image Frame Type Sequence
        00189330 FD 1 X-Ray Tube Current in mA=XRayTubeCurrentInmA
        00189332 FD 1 Exposure in mAs=ExposureInmAs
        00189333 CS 1 Constant Volume Flag
        00189334 CS 1 Fluoroscopy Flag
        00189335 FD 1 Distance Source to Data Collection Center
        00189337 US 1 Contrast/Bolus Agent Number
        00189338 SQ 1 Contrast/Bolus Ingredient Code Sequence
        00189340 SQ 1 Contrast Administration Profile Sequence
        00189341 SQ 1 Contrast/Bolus Usage Sequence
        00189342 CS 1 Contrast/Bolus Agent Administered
        00189343 CS 1 Contrast/Bolus Agent Detected
        00189344 CS 1 Contrast/Bolus Agent Phase
        00189345 FD 1 CTDIvol
        00189346 SQ 1 CTDI Phantom Type Code Sequence
        00189351 FL 1 Calcium Scoring Mass Factor Patient
        00189352 FL 3 Calcium Scoring Mass Factor Device
        00189353 FL 1 Energy Weighting Factor
        00189360 SQ 1 CT Additional X-Ray Source Sequence
        00189361 CS 1 Multi-energy CT Acquisition=MultienergyCTAcquisition
        00189362 SQ 1 Multi-energy CT Acquisition Sequence=MultienergyCTAcquisitionSequence
        00189363 SQ 1 Multi-energy CT Processing Sequence=MultienergyCTProcessingSequence
        00189364 SQ 1 Multi-energy CT Characteristics Sequence=MultienergyCTCharacteristicsSequence
        00189365 SQ 1 Multi-energy CT X-Ray Source Sequence=MultienergyCTXRaySourceSequence
        00189366 US 1 X-Ray Source Index
        00189367 UC 1 X-Ray Source ID
        00189368 CS 1 Multi-energy Source Technique=MultienergySourceTechnique
        00189369 DT 1 Source Start DateTime
        0018936A DT 1 Source End DateTime
        0018936B US 1 Switching Phase Number
        0018936C DS 1 Switching Phase Nominal Duration
        0018936D DS 1 Switching Phase Transition Duration
        0018936E DS 1 Effective Bin Energy
        0018936F SQ 1 Multi-energy CT X-Ray Detector Sequence=MultienergyCTXRayDetectorSequence
        00189370 US 1 X-Ray Detector Index
        00189371 UC 1 X-Ray Detector ID
        00189372 CS 1 Multi-energy Detector Type=MultienergyDetectorType
        00189373 ST 1 X-Ray Detector Label
        00189374 DS 1 Nominal Max Energy
        00189375 DS 1 Nominal Min Energy
        00189376 US 1-n Referenced X-Ray Detector Index
        00189377 US 1-n Referenced X-Ray Source Index
        00189378 US 1-n Referenced Path Index
        00189379 SQ 1 Multi-energy CT Path Sequence=MultienergyCTPathSequence
        0018937A US 1 Multi-energy CT Path Index=MultienergyCTPathIndex
        0018937B UT 1 Multi-energy Acquisition Description=MultienergyAcquisitionDescription
        0018937C FD 1 Monoenergetic Energy Equivalent
        0018937D SQ 1 Material Code Sequence
        0018937E CS 1 Decomposition Method
        0018937F UT 1 Decomposition Description
        00189380 SQ 1 Decomposition Algorithm Identification Sequence
        00189381 SQ 1 Decomposition Material Sequence
        00189382 SQ 1 Material Attenuation Sequence
        00189383 DS 1 Photon Energy
        00189384 DS 1 X-Ray Mass Attenuation Coefficient
        00189401 SQ 1 Projection Pixel Calibration Sequence
        00189402 FL 1 Distance Source to Isocenter
        00189403 FL 1 Distance Object to Table Top
        00189404 FL 2 Object Pixel Spacing in Center of Beam
        00189405 SQ 1 Positioner Position Sequence
        00189406 SQ 1 Table Position Sequence
        00189407 SQ 1 Collimator Shape Sequence
        00189410 CS 1 Planes in Acquisition
        00189412 SQ 1 XA/XRF Frame Characteristics Sequence
        00189417 SQ 1 Frame Acquisition Sequence
        00189420 CS 1 X-Ray Receptor Type
        00189423 LO 1 Acquisition Protocol Name
        00189424 LT 1 Acquisition Protocol Description
        00189425 CS 1 Contrast/Bolus Ingredient Opaque
        00189426 FL 1 Distance Receptor Plane to Detector Housing
        00189427 CS 1 Intensifier Active Shape
        00189428 FL 1-2 Intensifier Active Dimension(s)=IntensifierActiveDimensions
        00189429 FL 2 Physical Detector Size
        00189430 FL 2 Position of Isocenter Projection
        00189432 SQ 1 Field of View Sequence
        00189433 LO 1 Field of View Description
        00189434 SQ 1 Exposure Control Sensing Regions Sequence
        00189435 CS 1 Exposure Control Sensing Region Shape
        00189436 SS 1 Exposure Control Sensing Region Left Vertical Edge
        00189437 SS 1 Exposure Control Sensing Region Right Vertical Edge
        00189438 SS 1 Exposure Control Sensing Region Upper Horizontal Edge
        00189439 SS 1 Exposure Control Sensing Region Lower Horizontal Edge
        00189440 SS 2 Center of Circular Exposure Control Sensing Region
        00189441 US 1 Radius of Circular Exposure Control Sensing Region
        00189442 SS 2-n Vertices of the Polygonal Exposure Control Sensing Region
        00189445!-- --
        00189447 FL 1 Column Angulation (Patient)
        00189449 FL 1 Beam Angle
        00189451 SQ 1 Frame Detector Parameters Sequence
        00189452 FL 1 Calculated Anatomy Thickness
        00189455 SQ 1 Calibration Sequence
        00189456 SQ 1 Object Thickness Sequence
        00189457 CS 1 Plane Identification
        00189461 FL 1-2 Field of View Dimension(s) in Float=FieldOfViewDimensionsInFloat
        00189462 SQ 1 Isocenter Reference System Sequence
        00189463 FL 1 Positioner Isocenter Primary Angle
        00189464 FL 1 Positioner Isocenter Secondary Angle
        00189465 FL 1 Positioner Isocenter Detector Rotation Angle
        00189466 FL 1 Table X Position to Isocenter
        00189467 FL 1 Table Y Position to Isocenter
        00189468 FL 1 Table Z Position to Isocenter
        00189469 FL 1 Table Horizontal Rotation Angle
        00189470 FL 1 Table Head Tilt Angle
        00189471 FL 1 Table Cradle Tilt Angle
        00189472 SQ 1 Frame Display Shutter Sequence
        00189473 FL 1 Acquired Image Area Dose Product
        00189474 CS 1 C-arm Positioner Tabletop Relationship
        00189476 SQ 1 X-Ray Geometry Sequence
        00189477 SQ 1 Irradiation Event Identification Sequence
        00189504 SQ 1 X-Ray 3D Frame Type Sequence
        00189506 SQ 1 Contributing Sources Sequence
        00189507 SQ 1 X-Ray 3D Acquisition Sequence
        00189508 FL 1 Primary Positioner Scan Arc
        00189509 FL 1 Secondary Positioner Scan Arc
        00189510 FL 1 Primary Positioner Scan Start Angle
        00189511 FL 1 Secondary Positioner Scan Start Angle
        00189514 FL 1 Primary Positioner Increment
        00189515 FL 1 Secondary Positioner Increment
        00189516 DT 1 Start Acquisition DateTime
        00189517 DT 1 End Acquisition DateTime
        00189518 SS 1 Primary Positioner Increment Sign
        00189519 SS 1 Secondary Positioner Increment Sign
        00189524 LO 1 Application Name
        00189525 LO 1 Application Version
        00189526 LO 1 Application Manufacturer
        00189527 CS 1 Algorithm Type
        00189528 LO 1 Algorithm Description
        00189530 SQ 1 X-Ray 3D Reconstruction Sequence
        00189531 LO 1 Reconstruction Description
        00189538 SQ 1 Per Projection Acquisition Sequence
        00189541 SQ 1 Detector Position Sequence
        00189542 SQ 1 X-Ray Acquisition Dose Sequence
        00189543 FD 1 X-Ray Source Isocenter Primary Angle
        00189544 FD 1 X-Ray Source Isocenter Secondary Angle
        00189545 FD 1 Breast Support Isocenter Primary Angle
        00189546 FD 1 Breast Support Isocenter Secondary Angle
        00189547 FD 1 Breast Support X Position to Isocenter
        00189548 FD 1 Breast Support Y Position to Isocenter
        00189549 FD 1 Breast Support Z Position to Isocenter
        00189550 FD 1 Detector Isocenter Primary Angle
        00189551 FD 1 Detector Isocenter Secondary Angle
        00189552 FD 1 Detector X Position to Isocenter
        00189553 FD 1 Detector Y Position to Isocenter
        00189554 FD 1 Detector Z Position to Isocenter
        00189555 SQ 1 X-Ray Grid Sequence
        00189556 SQ 1 X-Ray Filter Sequence
        00189557 FD 3 Detector Active Area TLHC Position
        00189558 FD 6 Detector Active Area Orientation
        00189559 CS 1 Positioner Primary Angle Direction
        00189601 SQ 1 Diffusion b-matrix Sequence
        00189602 FD 1 Diffusion b-value XX
        00189603 FD 1 Diffusion b-value XY
        00189604 FD 1 Diffusion b-value XZ
        00189605 FD 1 Diffusion b-value YY
        00189606 FD 1 Diffusion b-value YZ
        00189607 FD 1 Diffusion b-value ZZ
        00189621 SQ 1 Functional MR Sequence
        00189622 CS 1 Functional Settling Phase Frames Present
        00189623 DT 1 Functional Sync Pulse
        00189624 CS 1 Settling Phase Frame
        00189701 DT 1 Decay Correction DateTime
        00189715 FD 1 Start Density Threshold
        00189716 FD 1 Start Relative Density Difference Threshold
        00189717 FD 1 Start Cardiac Trigger Count Threshold
        00189718 FD 1 Start Respiratory Trigger Count Threshold
        00189719 FD 1 Termination Counts Threshold
        00189720 FD 1 Termination Density Threshold
        00189721 FD 1 Termination Relative Density Threshold
        00189722 FD 1 Termination Time Threshold
        00189723 FD 1 Termination Cardiac Trigger Count Threshold
        00189724 FD 1 Termination Respiratory Trigger Count Threshold
        00189725 CS 1 Detector Geometry
        00189726 FD 1 Transverse Detector Separation
        00189727 FD 1 Axial Detector Dimension
        00189729 US 1 Radiopharmaceutical Agent Number
        00189732 SQ 1 PET Frame Acquisition Sequence
        00189733 SQ 1 PET Detector Motion Details Sequence
        00189734 SQ 1 PET Table Dynamics Sequence
        00189735 SQ 1 PET Position Sequence
        00189736 SQ 1 PET Frame Correction Factors Sequence
        00189737 SQ 1 Radiopharmaceutical Usage Sequence
        00189738 CS 1 Attenuation Correction Source
        00189739 US 1 Number of Iterations
        00189740 US 1 Number of Subsets
        00189749 SQ 1 PET Reconstruction Sequence
        00189751 SQ 1 PET Frame Type Sequence
        00189755 CS 1 Time of Flight Information Used
        00189756 CS 1 Reconstruction Type
        00189758 CS 1 Decay Corrected
        00189759 CS 1 Attenuation Corrected
        00189760 CS 1 Scatter Corrected
        00189761 CS 1 Dead Time Corrected
        00189762 CS 1 Gantry Motion Corrected
        00189763 CS 1 Patient Motion Corrected
        00189764 CS 1 Count Loss Normalization Corrected
        00189765 CS 1 Randoms Corrected
        00189766 CS 1 Non-uniform Radial Sampling Corrected
        00189767 CS 1 Sensitivity Calibrated
        00189768 CS 1 Detector Normalization Correction
        00189769 CS 1 Iterative Reconstruction Method
        00189770 CS 1 Attenuation Correction Temporal Relationship
        00189771 SQ 1 Patient Physiological State Sequence
        00189772 SQ 1 Patient Physiological State Code Sequence
        00189801 FD 1-n Depth(s) of Focus=DepthsOfFocus
        00189803 SQ 1 Excluded Intervals Sequence
        00189804 DT 1 Exclusion Start DateTime
        00189805 FD 1 Exclusion Duration
        00189806 SQ 1 US Image Description Sequence
        00189807 SQ 1 Image Data Type Sequence
        00189808 CS 1 Data Type
        00189809 SQ 1 Transducer Scan Pattern Code Sequence
        0018980B CS 1 Aliased Data Type
        0018980C CS 1 Position Measuring Device Used
        0018980D SQ 1 Transducer Geometry Code Sequence
        0018980E SQ 1 Transducer Beam Steering Code Sequence
        0018980F SQ 1 Transducer Application Code Sequence
        00189810 US/SS 1 Zero Velocity Pixel Value
        00189821 SQ 1 Photoacoustic Excitation Characteristics Sequence
        00189822 FD 1 Excitation Spectral Width
        00189823 FD 1 Excitation Energy
        00189824 FD 1 Excitation Pulse Duration
        00189825 SQ 1 Excitation Wavelength Sequence
        00189826 FD 1 Excitation Wavelength
        00189828 CS 1 Illumination Translation Flag
        00189829 CS 1 Acoustic Coupling Medium Flag
        0018982A SQ 1 Acoustic Coupling Medium Code Sequence
        0018982B FD 1 Acoustic Coupling Medium Temperature
        0018982C SQ 1 Transducer Response Sequence
        0018982D FD 1 Center Frequency
        0018982E FD 1 Fractional Bandwidth
        0018982F FD 1 Lower Cutoff Frequency
        00189830 FD 1 Upper Cutoff Frequency
        00189831 SQ 1 Transducer Technology Sequence
        00189832 SQ 1 Sound Speed Correction Mechanism Code Sequence
        00189833 FD 1 Object Sound Speed
        00189834 FD 1 Acoustic Coupling Medium Sound Speed
        00189835 SQ 1 Photoacoustic Image Frame Type Sequence
        00189836 SQ 1 Image Data Type Code Sequence
        00189900 LO 1 Reference Location Label
        00189901 UT 1 Reference Location Description
        00189902 SQ 1 Reference Basis Code Sequence
        00189903 SQ 1 Reference Geometry Code Sequence
        00189904 DS 1 Offset Distance
        00189905 CS 1 Offset Direction
        00189906 SQ 1 Potential Scheduled Protocol Code Sequence
        00189907 SQ 1 Potential Requested Procedure Code Sequence
        00189908 UC 1-n Potential Reasons for Procedure
        00189909 SQ 1 Potential Reasons for Procedure Code Sequence
        0018990A UC 1-n Potential Diagnostic Tasks
        0018990B SQ 1 Contraindications Code Sequence
        0018990C SQ 1 Referenced Defined Protocol Sequence
        0018990D SQ 1 Referenced Performed Protocol Sequence
        0018990E SQ 1 Predecessor Protocol Sequence
        0018990F UT 1 Protocol Planning Information
        00189910 UT 1 Protocol Design Rationale
        00189911 SQ 1 Patient Specification Sequence
        00189912 SQ 1 Model Specification Sequence
        00189913 SQ 1 Parameters Specification Sequence
        00189914 SQ 1 Instruction Sequence
        00189915 US 1 Instruction Index
        00189916 LO 1 Instruction Text
        00189917 UT 1 Instruction Description
        00189918 CS 1 Instruction Performed Flag
        00189919 DT 1 Instruction Performed DateTime
        0018991A UT 1 Instruction Performance Comment
        0018991B SQ 1 Patient Positioning Instruction Sequence
        0018991C SQ 1 Positioning Method Code Sequence
        0018991D SQ 1 Positioning Landmark Sequence
        0018991E UI 1 Target Frame of Reference UID
        0018991F SQ 1 Acquisition Protocol Element Specification Sequence
        00189920 SQ 1 Acquisition Protocol Element Sequence
        00189921 US 1 Protocol Element Number
        00189922 LO 1 Protocol Element Name
        00189923 UT 1 Protocol Element Characteristics Summary
        00189924 UT 1 Protocol Element Purpose
        00189930 CS 1 Acquisition Motion
        00189931 SQ 1 Acquisition Start Location Sequence
        00189932 SQ 1 Acquisition End Location Sequence
        00189933 SQ 1 Reconstruction Protocol Element Specification Sequence
        00189934 SQ 1 Reconstruction Protocol Element Sequence
        00189935 SQ 1 Storage Protocol Element Specification Sequence
        00189936 SQ 1 Storage Protocol Element Sequence
        00189937 LO 1 Requested Series Description
        00189938 US 1-n Source Acquisition Protocol Element Number
        00189939 US 1-n Source Acquisition Beam Number
        0018993A US 1-n Source Reconstruction Protocol Element Number
        0018993B SQ 1 Reconstruction Start Location Sequence
        0018993C SQ 1 Reconstruction End Location Sequence
        0018993D SQ 1 Reconstruction Algorithm Sequence
        0018993E SQ 1 Reconstruction Target Center Location Sequence
        00189941 UT 1 Image Filter Description
        00189942 FD 1 CTDIvol Notification Trigger
        00189943 FD 1 DLP Notification Trigger
        00189944 CS 1 Auto KVP Selection Type
        00189945 FD 1 Auto KVP Upper Bound
        00189946 FD 1 Auto KVP Lower Bound
        00189947 CS 1 Protocol Defined Patient Position
        0018A001 SQ 1 Contributing Equipment Sequence
        0018A002 DT 1 Contribution DateTime
        0018A003 ST 1 Contribution Description
        0020000D UI 1 Study Instance UID
        0020000E UI 1 Series Instance UID
        00200010 SH 1 Study ID
        00200011 IS 1 Series Number
        00200012 IS 1 Acquisition Number
        00200013 IS 1 Instance Number
        00200014!IS 1 Isotope Number
        00200015!IS 1 Phase Number
        00200016!IS 1 Interval Number
        00200017!IS 1 Time Slot Number
        00200018!IS 1 Angle Number
        00200019 IS 1 Item Number
        00200020 CS 2 Patient Orientation
        00200022!IS 1 Overlay Number
        00200024!IS 1 Curve Number
        00200026!IS 1 LUT Number
        00200027 LO 1 Pyramid Label
        00200030!DS 3 Image Position
        00200032 DS 3 Image Position (Patient)
        00200035!DS 6 Image Orientation
        00200037 DS 6 Image Orientation (Patient)
        00200050!DS 1 Location
        00200052 UI 1 Frame of Reference UID
        00200060 CS 1 Laterality
        00200062 CS 1 Image Laterality
        00200070!LO 1 Image Geometry Type
        00200080!CS 1-n Masking Image
        002000AA!IS 1 Report Number
        00200100 IS 1 Temporal Position Identifier
        00200105 IS 1 Number of Temporal Positions
        00200110 DS 1 Temporal Resolution
        00200200 UI 1 Synchronization Frame of Reference UID
        00200242 UI 1 SOP Instance UID of Concatenation Source
        00201000!IS 1 Series in Study
        00201001!IS 1 Acquisitions in Series
        00201002 IS 1 Images in Acquisition
        00201003!IS 1 Images in Series
        00201004!IS 1 Acquisitions in Study
        00201005!IS 1 Images in Study
        00201020!LO 1-n Reference
        0020103F LO 1 Target Position Reference Indicator
        00201040 LO 1 Position Reference Indicator
        00201041 DS 1 Slice Location
        00201070!IS 1-n Other Study Numbers
        00201200 IS 1 Number of Patient Related Studies
        00201202 IS 1 Number of Patient Related Series
        00201204 IS 1 Number of Patient Related Instances
        00201206 IS 1 Number of Study Related Series
        00201208 IS 1 Number of Study Related Instances
        00201209 IS 1 Number of Series Related Instances
        002031xx!CS 1-n Source Image IDs
        00203401!CS 1 Modifying Device ID
        00203402!CS 1 Modified Image ID
        00203403!DA 1 Modified Image Date
        00203404!LO 1 Modifying Device Manufacturer
        00203405!TM 1 Modified Image Time
        00203406!LO 1 Modified Image Description
        00204000 LT 1 Image Comments
        00205000!AT 1-n Original Image Identification
        00205002!LO 1-n Original Image Identification Nomenclature
        00209056 SH 1 Stack ID
        00209057 UL 1 In-Stack Position Number
        00209071 SQ 1 Frame Anatomy Sequence
        00209072 CS 1 Frame Laterality
        00209111 SQ 1 Frame Content Sequence
        00209113 SQ 1 Plane Position Sequence
        00209116 SQ 1 Plane Orientation Sequence
        00209128 UL 1 Temporal Position Index
        00209153 FD 1 Nominal Cardiac Trigger Delay Time
        00209154 FL 1 Nominal Cardiac Trigger Time Prior To R-Peak
        00209155 FL 1 Actual Cardiac Trigger Time Prior To R-Peak
        00209156 US 1 Frame Acquisition Number
        00209157 UL 1-n Dimension Index Values
        00209158 LT 1 Frame Comments
        00209161 UI 1 Concatenation UID
        00209162 US 1 In-concatenation Number
        00209163 US 1 In-concatenation Total Number
        00209164 UI 1 Dimension Organization UID
        00209165 AT 1 Dimension Index Pointer
        00209167 AT 1 Functional Group Pointer
        00209170 SQ 1 Unassigned Shared Converted Attributes Sequence
        00209171 SQ 1 Unassigned Per-Frame Converted Attributes Sequence
        00209172 SQ 1 Conversion Source Attributes Sequence
        00209213 LO 1 Dimension Index Private Creator
        00209221 SQ 1 Dimension Organization Sequence
        00209222 SQ 1 Dimension Index Sequence
        00209228 UL 1 Concatenation Frame Offset Number
        00209238 LO 1 Functional Group Private Creator
        00209241 FL 1 Nominal Percentage of Cardiac Phase
        00209245 FL 1 Nominal Percentage of Respiratory Phase
        00209246 FL 1 Starting Respiratory Amplitude
        00209247 CS 1 Starting Respiratory Phase
        00209248 FL 1 Ending Respiratory Amplitude
        00209249 CS 1 Ending Respiratory Phase
        00209250 CS 1 Respiratory Trigger Type
        00209251 FD 1 R-R Interval Time Nominal
        00209252 FD 1 Actual Cardiac Trigger Delay Time
        00209253 SQ 1 Respiratory Synchronization Sequence
        00209254 FD 1 Respiratory Interval Time
        00209255 FD 1 Nominal Respiratory Trigger Delay Time
        00209256 FD 1 Respiratory Trigger Delay Threshold
        00209257 FD 1 Actual Respiratory Trigger Delay Time
        00209301 FD 3 Image Position (Volume)
        00209302 FD 6 Image Orientation (Volume)
        00209307 CS 1 Ultrasound Acquisition Geometry
        00209308 FD 3 Apex Position
        00209309 FD 16 Volume to Transducer Mapping Matrix
        0020930A FD 16 Volume to Table Mapping Matrix
        0020930B CS 1 Volume to Transducer Relationship
        0020930C CS 1 Patient Frame of Reference Source
        0020930D FD 1 Temporal Position Time Offset
        0020930E SQ 1 Plane Position (Volume) Sequence
        0020930F SQ 1 Plane Orientation (Volume) Sequence
        00209310 SQ 1 Temporal Position Sequence
        00209311 CS 1 Dimension Organization Type
        00209312 UI 1 Volume Frame of Reference UID
        00209313 UI 1 Table Frame of Reference UID
        00209421 LO 1 Dimension Description Label
        00209450 SQ 1 Patient Orientation in Frame Sequence
        00209453 LO 1 Frame Label
        00209518 US 1-n Acquisition Index
        00209529 SQ 1 Contributing SOP Instances Reference Sequence
        00209536 US 1 Reconstruction Index
        00220001 US 1 Light Path Filter Pass-Through Wavelength
        00220002 US 2 Light Path Filter Pass Band
        00220003 US 1 Image Path Filter Pass-Through Wavelength
        00220004 US 2 Image Path Filter Pass Band
        00220005 CS 1 Patient Eye Movement Commanded
        00220006 SQ 1 Patient Eye Movement Command Code Sequence
        00220007 FL 1 Spherical Lens Power
        00220008 FL 1 Cylinder Lens Power
        00220009 FL 1 Cylinder Axis
        0022000A FL 1 Emmetropic Magnification
        0022000B FL 1 Intra Ocular Pressure
        0022000C FL 1 Horizontal Field of View
        0022000D CS 1 Pupil Dilated
        0022000E FL 1 Degree of Dilation
        0022000F FD 1 Vertex Distance
        00220010 FL 1 Stereo Baseline Angle
        00220011 FL 1 Stereo Baseline Displacement
        00220012 FL 1 Stereo Horizontal Pixel Offset
        00220013 FL 1 Stereo Vertical Pixel Offset
        00220014 FL 1 Stereo Rotation
        00220015 SQ 1 Acquisition Device Type Code Sequence
        00220016 SQ 1 Illumination Type Code Sequence
        00220017 SQ 1 Light Path Filter Type Stack Code Sequence
        00220018 SQ 1 Image Path Filter Type Stack Code Sequence
        00220019 SQ 1 Lenses Code Sequence
        0022001A SQ 1 Channel Description Code Sequence
        0022001B SQ 1 Refractive State Sequence
        0022001C SQ 1 Mydriatic Agent Code Sequence
        0022001D SQ 1 Relative Image Position Code Sequence
        0022001E FL 1 Camera Angle of View
        00220020 SQ 1 Stereo Pairs Sequence
        00220021 SQ 1 Left Image Sequence
        00220022 SQ 1 Right Image Sequence
        00220028 CS 1 Stereo Pairs Present
        00220030 FL 1 Axial Length of the Eye
        00220031 SQ 1 Ophthalmic Frame Location Sequence
        00220032 FL 2-2n Reference Coordinates
        00220035 FL 1 Depth Spatial Resolution
        00220036 FL 1 Maximum Depth Distortion
        00220037 FL 1 Along-scan Spatial Resolution
        00220038 FL 1 Maximum Along-scan Distortion
        00220039 CS 1 Ophthalmic Image Orientation
        00220041 FL 1 Depth of Transverse Image
        00220042 SQ 1 Mydriatic Agent Concentration Units Sequence
        00220048 FL 1 Across-scan Spatial Resolution
        00220049 FL 1 Maximum Across-scan Distortion
        0022004E DS 1 Mydriatic Agent Concentration
        00220055 FL 1 Illumination Wave Length
        00220056 FL 1 Illumination Power
        00220057 FL 1 Illumination Bandwidth
        00220058 SQ 1 Mydriatic Agent Sequence
        00221007 SQ 1 Ophthalmic Axial Measurements Right Eye Sequence
        00221008 SQ 1 Ophthalmic Axial Measurements Left Eye Sequence
        00221009 CS 1 Ophthalmic Axial Measurements Device Type
        00221010 CS 1 Ophthalmic Axial Length Measurements Type
        00221012 SQ 1 Ophthalmic Axial Length Sequence
        00221019 FL 1 Ophthalmic Axial Length
        00221024 SQ 1 Lens Status Code Sequence
        00221025 SQ 1 Vitreous Status Code Sequence
        00221028 SQ 1 IOL Formula Code Sequence
        00221029 LO 1 IOL Formula Detail
        00221033 FL 1 Keratometer Index
        00221035 SQ 1 Source of Ophthalmic Axial Length Code Sequence
        00221036 SQ 1 Source of Corneal Size Data Code Sequence
        00221037 FL 1 Target Refraction
        00221039 CS 1 Refractive Procedure Occurred
        00221040 SQ 1 Refractive Surgery Type Code Sequence
        00221044 SQ 1 Ophthalmic Ultrasound Method Code Sequence
        00221045 SQ 1 Surgically Induced Astigmatism Sequence
        00221046 CS 1 Type of Optical Correction
        00221047 SQ 1 Toric IOL Power Sequence
        00221048 SQ 1 Predicted Toric Error Sequence
        00221049 CS 1 Pre-Selected for Implantation
        0022104A SQ 1 Toric IOL Power for Exact Emmetropia Sequence
        0022104B SQ 1 Toric IOL Power for Exact Target Refraction Sequence
        00221050 SQ 1 Ophthalmic Axial Length Measurements Sequence
        00221053 FL 1 IOL Power
        00221054 FL 1 Predicted Refractive Error
        00221059 FL 1 Ophthalmic Axial Length Velocity
        00221065 LO 1 Lens Status Description
        00221066 LO 1 Vitreous Status Description
        00221090 SQ 1 IOL Power Sequence
        00221092 SQ 1 Lens Constant Sequence
        00221093 LO 1 IOL Manufacturer
        00221094!LO 1 Lens Constant Description
        00221095 LO 1 Implant Name
        00221096 SQ 1 Keratometry Measurement Type Code Sequence
        00221097 LO 1 Implant Part Number
        00221100 SQ 1 Referenced Ophthalmic Axial Measurements Sequence
        00221101 SQ 1 Ophthalmic Axial Length Measurements Segment Name Code Sequence
        00221103 SQ 1 Refractive Error Before Refractive Surgery Code Sequence
        00221121 FL 1 IOL Power For Exact Emmetropia
        00221122 FL 1 IOL Power For Exact Target Refraction
        00221125 SQ 1 Anterior Chamber Depth Definition Code Sequence
        00221127 SQ 1 Lens Thickness Sequence
        00221128 SQ 1 Anterior Chamber Depth Sequence
        0022112A SQ 1 Calculation Comment Sequence
        0022112B CS 1 Calculation Comment Type
        0022112C LT 1 Calculation Comment
        00221130 FL 1 Lens Thickness
        00221131 FL 1 Anterior Chamber Depth
        00221132 SQ 1 Source of Lens Thickness Data Code Sequence
        00221133 SQ 1 Source of Anterior Chamber Depth Data Code Sequence
        00221134 SQ 1 Source of Refractive Measurements Sequence
        00221135 SQ 1 Source of Refractive Measurements Code Sequence
        00221140 CS 1 Ophthalmic Axial Length Measurement Modified
        00221150 SQ 1 Ophthalmic Axial Length Data Source Code Sequence
        00221153!SQ 1 Ophthalmic Axial Length Acquisition Method Code Sequence
        00221155 FL 1 Signal to Noise Ratio
        00221159 LO 1 Ophthalmic Axial Length Data Source Description
        00221210 SQ 1 Ophthalmic Axial Length Measurements Total Length Sequence
        00221211 SQ 1 Ophthalmic Axial Length Measurements Segmental Length Sequence
        00221212 SQ 1 Ophthalmic Axial Length Measurements Length Summation Sequence
        00221220 SQ 1 Ultrasound Ophthalmic Axial Length Measurements Sequence
        00221225 SQ 1 Optical Ophthalmic Axial Length Measurements Sequence
        00221230 SQ 1 Ultrasound Selected Ophthalmic Axial Length Sequence
        00221250 SQ 1 Ophthalmic Axial Length Selection Method Code Sequence
        00221255 SQ 1 Optical Selected Ophthalmic Axial Length Sequence
        00221257 SQ 1 Selected Segmental Ophthalmic Axial Length Sequence
        00221260 SQ 1 Selected Total Ophthalmic Axial Length Sequence
        00221262 SQ 1 Ophthalmic Axial Length Quality Metric Sequence
        00221265!SQ 1 Ophthalmic Axial Length Quality Metric Type Code Sequence
        00221273!LO 1 Ophthalmic Axial Length Quality Metric Type Description
        00221300 SQ 1 Intraocular Lens Calculations Right Eye Sequence
        00221310 SQ 1 Intraocular Lens Calculations Left Eye Sequence
        00221330 SQ 1 Referenced Ophthalmic Axial Length Measurement QC Image Sequence
        00221415 CS 1 Ophthalmic Mapping Device Type
        00221420 SQ 1 Acquisition Method Code Sequence
        00221423 SQ 1 Acquisition Method Algorithm Sequence
        00221436 SQ 1 Ophthalmic Thickness Map Type Code Sequence
        00221443 SQ 1 Ophthalmic Thickness Mapping Normals Sequence
        00221445 SQ 1 Retinal Thickness Definition Code Sequence
        00221450 SQ 1 Pixel Value Mapping to Coded Concept Sequence
        00221452 US/SS 1 Mapped Pixel Value
        00221454 LO 1 Pixel Value Mapping Explanation
        00221458 SQ 1 Ophthalmic Thickness Map Quality Threshold Sequence
        00221460 FL 1 Ophthalmic Thickness Map Threshold Quality Rating
        00221463 FL 2 Anatomic Structure Reference Point
        00221465 SQ 1 Registration to Localizer Sequence
        00221466 CS 1 Registered Localizer Units
        00221467 FL 2 Registered Localizer Top Left Hand Corner
        00221468 FL 2 Registered Localizer Bottom Right Hand Corner
        00221470 SQ 1 Ophthalmic Thickness Map Quality Rating Sequence
        00221472 SQ 1 Relevant OPT Attributes Sequence
        00221512 SQ 1 Transformation Method Code Sequence
        00221513 SQ 1 Transformation Algorithm Sequence
        00221515 CS 1 Ophthalmic Axial Length Method
        00221517 FL 1 Ophthalmic FOV
        00221518 SQ 1 Two Dimensional to Three Dimensional Map Sequence
        00221525 SQ 1 Wide Field Ophthalmic Photography Quality Rating Sequence
        00221526 SQ 1 Wide Field Ophthalmic Photography Quality Threshold Sequence
        00221527 FL 1 Wide Field Ophthalmic Photography Threshold Quality Rating
        00221528 FL 1 X Coordinates Center Pixel View Angle
        00221529 FL 1 Y Coordinates Center Pixel View Angle
        00221530 UL 1 Number of Map Points
        00221531 OF 1 Two Dimensional to Three Dimensional Map Data
        00221612 SQ 1 Derivation Algorithm Sequence
        00221615 SQ 1 Ophthalmic Image Type Code Sequence
        00221616 LO 1 Ophthalmic Image Type Description
        00221618 SQ 1 Scan Pattern Type Code Sequence
        00221620 SQ 1 Referenced Surface Mesh Identification Sequence
        00221622 CS 1 Ophthalmic Volumetric Properties Flag
        00221624 FL 1 Ophthalmic Anatomic Reference Point X-Coordinate
        00221626 FL 1 Ophthalmic Anatomic Reference Point Y-Coordinate
        00221628 SQ 1 Ophthalmic En Face Image Quality Rating Sequence
        00221630 DS 1 Quality Threshold
        00221640 SQ 1 OCT B-scan Analysis Acquisition Parameters Sequence=OCTBscanAnalysisAcquisitionParametersSequence
        00221642 UL 1 Number of B-scans Per Frame=NumberOfBscansPerFrame
        00221643 FL 1 B-scan Slab Thickness=BscanSlabThickness
        00221644 FL 1 Distance Between B-scan Slabs=DistanceBetweenBscanSlabs
        00221645 FL 1 B-scan Cycle Time=BscanCycleTime
        00221646 FL 1-n B-scan Cycle Time Vector=BscanCycleTimeVector
        00221649 FL 1 A-scan Rate=AscanRate
        00221650 FL 1 B-scan Rate=BscanRate
        00221658 UL 1 Surface Mesh Z-Pixel Offset
        00240010 FL 1 Visual Field Horizontal Extent
        00240011 FL 1 Visual Field Vertical Extent
        00240012 CS 1 Visual Field Shape
        00240016 SQ 1 Screening Test Mode Code Sequence
        00240018 FL 1 Maximum Stimulus Luminance
        00240020 FL 1 Background Luminance
        00240021 SQ 1 Stimulus Color Code Sequence
        00240024 SQ 1 Background Illumination Color Code Sequence
        00240025 FL 1 Stimulus Area
        00240028 FL 1 Stimulus Presentation Time
        00240032 SQ 1 Fixation Sequence
        00240033 SQ 1 Fixation Monitoring Code Sequence
        00240034 SQ 1 Visual Field Catch Trial Sequence
        00240035 US 1 Fixation Checked Quantity
        00240036 US 1 Patient Not Properly Fixated Quantity
        00240037 CS 1 Presented Visual Stimuli Data Flag
        00240038 US 1 Number of Visual Stimuli
        00240039 CS 1 Excessive Fixation Losses Data Flag
        00240040 CS 1 Excessive Fixation Losses
        00240042 US 1 Stimuli Retesting Quantity
        00240044 LT 1 Comments on Patient's Performance of Visual Field
        00240045 CS 1 False Negatives Estimate Flag
        00240046 FL 1 False Negatives Estimate
        00240048 US 1 Negative Catch Trials Quantity
        00240050 US 1 False Negatives Quantity
        00240051 CS 1 Excessive False Negatives Data Flag
        00240052 CS 1 Excessive False Negatives
        00240053 CS 1 False Positives Estimate Flag
        00240054 FL 1 False Positives Estimate
        00240055 CS 1 Catch Trials Data Flag
        00240056 US 1 Positive Catch Trials Quantity
        00240057 CS 1 Test Point Normals Data Flag
        00240058 SQ 1 Test Point Normals Sequence
        00240059 CS 1 Global Deviation Probability Normals Flag
        00240060 US 1 False Positives Quantity
        00240061 CS 1 Excessive False Positives Data Flag
        00240062 CS 1 Excessive False Positives
        00240063 CS 1 Visual Field Test Normals Flag
        00240064 SQ 1 Results Normals Sequence
        00240065 SQ 1 Age Corrected Sensitivity Deviation Algorithm Sequence
        00240066 FL 1 Global Deviation From Normal
        00240067 SQ 1 Generalized Defect Sensitivity Deviation Algorithm Sequence
        00240068 FL 1 Localized Deviation From Normal
        00240069 LO 1 Patient Reliability Indicator
        00240070 FL 1 Visual Field Mean Sensitivity
        00240071 FL 1 Global Deviation Probability
        00240072 CS 1 Local Deviation Probability Normals Flag
        00240073 FL 1 Localized Deviation Probability
        00240074 CS 1 Short Term Fluctuation Calculated
        00240075 FL 1 Short Term Fluctuation
        00240076 CS 1 Short Term Fluctuation Probability Calculated
        00240077 FL 1 Short Term Fluctuation Probability
        00240078 CS 1 Corrected Localized Deviation From Normal Calculated
        00240079 FL 1 Corrected Localized Deviation From Normal
        00240080 CS 1 Corrected Localized Deviation From Normal Probability Calculated
        00240081 FL 1 Corrected Localized Deviation From Normal Probability
        00240083 SQ 1 Global Deviation Probability Sequence
        00240085 SQ 1 Localized Deviation Probability Sequence
        00240086 CS 1 Foveal Sensitivity Measured
        00240087 FL 1 Foveal Sensitivity
        00240088 FL 1 Visual Field Test Duration
        00240089 SQ 1 Visual Field Test Point Sequence
        00240090 FL 1 Visual Field Test Point X-Coordinate
        00240091 FL 1 Visual Field Test Point Y-Coordinate
        00240092 FL 1 Age Corrected Sensitivity Deviation Value
        00240093 CS 1 Stimulus Results
        00240094 FL 1 Sensitivity Value
        00240095 CS 1 Retest Stimulus Seen
        00240096 FL 1 Retest Sensitivity Value
        00240097 SQ 1 Visual Field Test Point Normals Sequence
        00240098 FL 1 Quantified Defect
        00240100 FL 1 Age Corrected Sensitivity Deviation Probability Value
        00240102 CS 1 Generalized Defect Corrected Sensitivity Deviation Flag
        00240103 FL 1 Generalized Defect Corrected Sensitivity Deviation Value
        00240104 FL 1 Generalized Defect Corrected Sensitivity Deviation Probability Value
        00240105 FL 1 Minimum Sensitivity Value
        00240106 CS 1 Blind Spot Localized
        00240107 FL 1 Blind Spot X-Coordinate
        00240108 FL 1 Blind Spot Y-Coordinate
        00240110 SQ 1 Visual Acuity Measurement Sequence
        00240112 SQ 1 Refractive Parameters Used on Patient Sequence
        00240113 CS 1 Measurement Laterality
        00240114 SQ 1 Ophthalmic Patient Clinical Information Left Eye Sequence
        00240115 SQ 1 Ophthalmic Patient Clinical Information Right Eye Sequence
        00240117 CS 1 Foveal Point Normative Data Flag
        00240118 FL 1 Foveal Point Probability Value
        00240120 CS 1 Screening Baseline Measured
        00240122 SQ 1 Screening Baseline Measured Sequence
        00240124 CS 1 Screening Baseline Type
        00240126 FL 1 Screening Baseline Value
        00240202 LO 1 Algorithm Source
        00240306 LO 1 Data Set Name
        00240307 LO 1 Data Set Version
        00240308 LO 1 Data Set Source
        00240309 LO 1 Data Set Description
        00240317 SQ 1 Visual Field Test Reliability Global Index Sequence
        00240320 SQ 1 Visual Field Global Results Index Sequence
        00240325 SQ 1 Data Observation Sequence
        00240338 CS 1 Index Normals Flag
        00240341 FL 1 Index Probability
        00240344 SQ 1 Index Probability Sequence
        00280002 US 1 Samples per Pixel
        00280003 US 1 Samples per Pixel Used
        00280004 CS 1 Photometric Interpretation
        00280005!US 1 Image Dimensions
        00280006 US 1 Planar Configuration
        00280008 IS 1 Number of Frames
        00280009 AT 1-n Frame Increment Pointer
        0028000A AT 1-n Frame Dimension Pointer
        00280010 US 1 Rows
        00280011 US 1 Columns
        00280012!US 1 Planes
        00280014 US 1 Ultrasound Color Data Present
        00280020!-- --
        00280030 DS 2 Pixel Spacing
        00280031 DS 2 Zoom Factor
        00280032 DS 2 Zoom Center
        00280034 IS 2 Pixel Aspect Ratio
        00280040!CS 1 Image Format
        00280050!LO 1-n Manipulated Image
        00280051 CS 1-n Corrected Image
        0028005F!LO 1 Compression Recognition Code
        00280060!CS 1 Compression Code
        00280061!SH 1 Compression Originator
        00280062!LO 1 Compression Label
        00280063!SH 1 Compression Description
        00280065!CS 1-n Compression Sequence
        00280066!AT 1-n Compression Step Pointers
        00280068!US 1 Repeat Interval
        00280069!US 1 Bits Grouped
        00280070!US 1-n Perimeter Table
        00280071!US/SS 1 Perimeter Value
        00280080!US 1 Predictor Rows
        00280081!US 1 Predictor Columns
        00280082!US 1-n Predictor Constants
        00280090!CS 1 Blocked Pixels
        00280091!US 1 Block Rows
        00280092!US 1 Block Columns
        00280093!US 1 Row Overlap
        00280094!US 1 Column Overlap
        00280100 US 1 Bits Allocated
        00280101 US 1 Bits Stored
        00280102 US 1 High Bit
        00280103 US 1 Pixel Representation
        00280104!US/SS 1 Smallest Valid Pixel Value
        00280105!US/SS 1 Largest Valid Pixel Value
        00280106 US/SS 1 Smallest Image Pixel Value
        00280107 US/SS 1 Largest Image Pixel Value
        00280108 US/SS 1 Smallest Pixel Value in Series
        00280109 US/SS 1 Largest Pixel Value in Series
        00280110!US/SS 1 Smallest Image Pixel Value in Plane
        00280111!US/SS 1 Largest Image Pixel Value in Plane
        00280120 US/SS 1 Pixel Padding Value
        00280121 US/SS 1 Pixel Padding Range Limit
        00280122 FL 1 Float Pixel Padding Value
        00280123 FD 1 Double Float Pixel Padding Value
        00280124 FL 1 Float Pixel Padding Range Limit
        00280125 FD 1 Double Float Pixel Padding Range Limit
        00280200!US 1 Image Location
        00280300 CS 1 Quality Control Image
        00280301 CS 1 Burned In Annotation
        00280302 CS 1 Recognizable Visual Features
        00280303 CS 1 Longitudinal Temporal Information Modified
        00280304 UI 1 Referenced Color Palette Instance UID
        00280400!LO 1 Transform Label
        00280401!LO 1 Transform Version Number
        00280402!US 1 Number of Transform Steps
        00280403!LO 1-n Sequence of Compressed Data
        00280404!AT 1-n Details of Coefficients
        002804x0!US 1 Rows For Nth Order Coefficients
        002804x1!US 1 Columns For Nth Order Coefficients
        002804x2!LO 1-n Coefficient Coding
        002804x3!AT 1-n Coefficient Coding Pointers
        00280700!LO 1 DCT Label
        00280701!CS 1-n Data Block Description
        00280702!AT 1-n Data Block
        00280710!US 1 Normalization Factor Format
        00280720!US 1 Zonal Map Number Format
        00280721!AT 1-n Zonal Map Location
        00280722!US 1 Zonal Map Format
        00280730!US 1 Adaptive Map Format
        00280740!US 1 Code Number Format
        002808x0!CS 1-n Code Label
        002808x2!US 1 Number of Tables
        002808x3!AT 1-n Code Table Location
        002808x4!US 1 Bits For Code Word
        002808x8!AT 1-n Image Data Location
        00280A02 CS 1 Pixel Spacing Calibration Type
        00280A04 LO 1 Pixel Spacing Calibration Description
        00281040 CS 1 Pixel Intensity Relationship
        00281041 SS 1 Pixel Intensity Relationship Sign
        00281050 DS 1-n Window Center
        00281051 DS 1-n Window Width
        00281052 DS 1 Rescale Intercept
        00281053 DS 1 Rescale Slope
        00281054 LO 1 Rescale Type
        00281055 LO 1-n Window Center & Width Explanation
        00281056 CS 1 VOI LUT Function
        00281080!CS 1 Gray Scale
        00281090 CS 1 Recommended Viewing Mode
        00281100!US/SS 3 Gray Lookup Table Descriptor
        00281101 US/SS 3 Red Palette Color Lookup Table Descriptor
        00281102 US/SS 3 Green Palette Color Lookup Table Descriptor
        00281103 US/SS 3 Blue Palette Color Lookup Table Descriptor
        00281104 US 3 Alpha Palette Color Lookup Table Descriptor
        00281111!US/SS 4 Large Red Palette Color Lookup Table Descriptor
        00281112!US/SS 4 Large Green Palette Color Lookup Table Descriptor
        00281113!US/SS 4 Large Blue Palette Color Lookup Table Descriptor
        00281199 UI 1 Palette Color Lookup Table UID
        00281200!US/SS/OW 1-n/1 Gray Lookup Table Data
        00281201 OW 1 Red Palette Color Lookup Table Data
        00281202 OW 1 Green Palette Color Lookup Table Data
        00281203 OW 1 Blue Palette Color Lookup Table Data
        00281204 OW 1 Alpha Palette Color Lookup Table Data
        00281211!OW 1 Large Red Palette Color Lookup Table Data
        00281212!OW 1 Large Green Palette Color Lookup Table Data
        00281213!OW 1 Large Blue Palette Color Lookup Table Data
        00281214!UI 1 Large Palette Color Lookup Table UID
        00281221 OW 1 Segmented Red Palette Color Lookup Table Data
        00281222 OW 1 Segmented Green Palette Color Lookup Table Data
        00281223 OW 1 Segmented Blue Palette Color Lookup Table Data
        00281224 OW 1 Segmented Alpha Palette Color Lookup Table Data
        00281230 SQ 1 Stored Value Color Range Sequence
        00281231 FD 1 Minimum Stored Value Mapped
        00281232 FD 1 Maximum Stored Value Mapped
        00281300 CS 1 Breast Implant Present
        00281350 CS 1 Partial View
        00281351 ST 1 Partial View Description
        00281352 SQ 1 Partial View Code Sequence
        0028135A CS 1 Spatial Locations Preserved
        00281401 SQ 1 Data Frame Assignment Sequence
        00281402 CS 1 Data Path Assignment
        00281403 US 1 Bits Mapped to Color Lookup Table
        00281404 SQ 1 Blending LUT 1 Sequence
        00281405 CS 1 Blending LUT 1 Transfer Function
        00281406 FD 1 Blending Weight Constant
        00281407 US 3 Blending Lookup Table Descriptor
        00281408 OW 1 Blending Lookup Table Data
        0028140B SQ 1 Enhanced Palette Color Lookup Table Sequence
        0028140C SQ 1 Blending LUT 2 Sequence
        0028140D CS 1 Blending LUT 2 Transfer Function
        0028140E CS 1 Data Path ID
        0028140F CS 1 RGB LUT Transfer Function
        00281410 CS 1 Alpha LUT Transfer Function
        00282000 OB 1 ICC Profile
        00282002 CS 1 Color Space
        00282110 CS 1 Lossy Image Compression
        00282112 DS 1-n Lossy Image Compression Ratio
        00282114 CS 1-n Lossy Image Compression Method
        00283000 SQ 1 Modality LUT Sequence
        00283001 SQ 1 Variable Modality LUT Sequence
        00283002 US/SS 3 LUT Descriptor
        00283003 LO 1 LUT Explanation
        00283004 LO 1 Modality LUT Type
        00283006 US/OW 1-n/1 LUT Data
        00283010 SQ 1 VOI LUT Sequence
        00283110 SQ 1 Softcopy VOI LUT Sequence
        00284000!LT 1 Image Presentation Comments
        00285000!SQ 1 Bi-Plane Acquisition Sequence
        00286010 US 1 Representative Frame Number
        00286020 US 1-n Frame Numbers of Interest (FOI)=FrameNumbersOfInterest
        00286022 LO 1-n Frame of Interest Description
        00286023 CS 1-n Frame of Interest Type
        00286030!US 1-n Mask Pointer(s)=MaskPointers
        00286040 US 1-n R Wave Pointer
        00286100 SQ 1 Mask Subtraction Sequence
        00286101 CS 1 Mask Operation
        00286102 US 2-2n Applicable Frame Range
        00286110 US 1-n Mask Frame Numbers
        00286112 US 1 Contrast Frame Averaging
        00286114 FL 2 Mask Sub-pixel Shift
        00286120 SS 1 TID Offset
        00286190 ST 1 Mask Operation Explanation
        00287000 SQ 1 Equipment Administrator Sequence
        00287001 US 1 Number of Display Subsystems
        00287002 US 1 Current Configuration ID
        00287003 US 1 Display Subsystem ID
        00287004 SH 1 Display Subsystem Name
        00287005 LO 1 Display Subsystem Description
        00287006 CS 1 System Status
        00287007 LO 1 System Status Comment
        00287008 SQ 1 Target Luminance Characteristics Sequence
        00287009 US 1 Luminance Characteristics ID
        0028700A SQ 1 Display Subsystem Configuration Sequence
        0028700B US 1 Configuration ID
        0028700C SH 1 Configuration Name
        0028700D LO 1 Configuration Description
        0028700E US 1 Referenced Target Luminance Characteristics ID
        0028700F SQ 1 QA Results Sequence
        00287010 SQ 1 Display Subsystem QA Results Sequence
        00287011 SQ 1 Configuration QA Results Sequence
        00287012 SQ 1 Measurement Equipment Sequence
        00287013 CS 1-n Measurement Functions
        00287014 CS 1 Measurement Equipment Type
        00287015 SQ 1 Visual Evaluation Result Sequence
        00287016 SQ 1 Display Calibration Result Sequence
        00287017 US 1 DDL Value
        00287018 FL 2 CIExy White Point
        00287019 CS 1 Display Function Type
        0028701A FL 1 Gamma Value
        0028701B US 1 Number of Luminance Points
        0028701C SQ 1 Luminance Response Sequence
        0028701D FL 1 Target Minimum Luminance
        0028701E FL 1 Target Maximum Luminance
        0028701F FL 1 Luminance Value
        00287020 LO 1 Luminance Response Description
        00287021 CS 1 White Point Flag
        00287022 SQ 1 Display Device Type Code Sequence
        00287023 SQ 1 Display Subsystem Sequence
        00287024 SQ 1 Luminance Result Sequence
        00287025 CS 1 Ambient Light Value Source
        00287026 CS 1-n Measured Characteristics
        00287027 SQ 1 Luminance Uniformity Result Sequence
        00287028 SQ 1 Visual Evaluation Test Sequence
        00287029 CS 1 Test Result
        0028702A LO 1 Test Result Comment
        0028702B CS 1 Test Image Validation
        0028702C SQ 1 Test Pattern Code Sequence
        0028702D SQ 1 Measurement Pattern Code Sequence
        0028702E SQ 1 Visual Evaluation Method Code Sequence
        00287FE0 UR 1 Pixel Data Provider URL
        00289001 UL 1 Data Point Rows
        00289002 UL 1 Data Point Columns
        00289003 CS 1 Signal Domain Columns
        00289099!US 1 Largest Monochrome Pixel Value
        00289108 CS 1 Data Representation
        00289110 SQ 1 Pixel Measures Sequence
        00289132 SQ 1 Frame VOI LUT Sequence
        00289145 SQ 1 Pixel Value Transformation Sequence
        00289235 CS 1 Signal Domain Rows
        00289411 FL 1 Display Filter Percentage
        00289415 SQ 1 Frame Pixel Shift Sequence
        00289416 US 1 Subtraction Item ID
        00289422 SQ 1 Pixel Intensity Relationship LUT Sequence
        00289443 SQ 1 Frame Pixel Data Properties Sequence
        00289444 CS 1 Geometrical Properties
        00289445 FL 1 Geometric Maximum Distortion
        00289446 CS 1-n Image Processing Applied
        00289454 CS 1 Mask Selection Mode
        00289474 CS 1 LUT Function
        00289478 FL 1 Mask Visibility Percentage
        00289501 SQ 1 Pixel Shift Sequence
        00289502 SQ 1 Region Pixel Shift Sequence
        00289503 SS 2-2n Vertices of the Region
        00289505 SQ 1 Multi-frame Presentation Sequence
        00289506 US 2-2n Pixel Shift Frame Range
        00289507 US 2-2n LUT Frame Range
        00289520 DS 16 Image to Equipment Mapping Matrix
        00289537 CS 1 Equipment Coordinate System Identification
        0032000A!CS 1 Study Status ID
        0032000C!CS 1 Study Priority ID
        00320012!LO 1 Study ID Issuer
        00320032!DA 1 Study Verified Date
        00320033!TM 1 Study Verified Time
        00320034!DA 1 Study Read Date
        00320035!TM 1 Study Read Time
        00321000!DA 1 Scheduled Study Start Date
        00321001!TM 1 Scheduled Study Start Time
        00321010!DA 1 Scheduled Study Stop Date
        00321011!TM 1 Scheduled Study Stop Time
        00321020!LO 1 Scheduled Study Location
        00321021!AE 1-n Scheduled Study Location AE Title
        00321030!LO 1 Reason for Study
        00321031 SQ 1 Requesting Physician Identification Sequence
        00321032 PN 1 Requesting Physician
        00321033 LO 1 Requesting Service
        00321034 SQ 1 Requesting Service Code Sequence
        00321040!DA 1 Study Arrival Date
        00321041!TM 1 Study Arrival Time
        00321050!DA 1 Study Completion Date
        00321051!TM 1 Study Completion Time
        00321055!CS 1 Study Component Status ID
        00321060 LO 1 Requested Procedure Description
        00321064 SQ 1 Requested Procedure Code Sequence
        00321065 SQ 1 Requested Laterality Code Sequence
        00321066 UT 1 Reason for Visit
        00321067 SQ 1 Reason for Visit Code Sequence
        00321070 LO 1 Requested Contrast Agent
        00324000!LT 1 Study Comments
        00340001 SQ 1 Flow Identifier Sequence
        00340002 OB 1 Flow Identifier
        00340003 UI 1 Flow Transfer Syntax UID
        00340004 UL 1 Flow RTP Sampling Rate
        00340005 OB 1 Source Identifier
        00340007 OB 1 Frame Origin Timestamp
        00340008 CS 1 Includes Imaging Subject
        00340009 SQ 1 Frame Usefulness Group Sequence
        0034000A SQ 1 Real-Time Bulk Data Flow Sequence
        0034000B SQ 1 Camera Position Group Sequence
        0034000C CS 1 Includes Information
        0034000D SQ 1 Time of Frame Group Sequence
        00380004!SQ 1 Referenced Patient Alias Sequence
        00380008 CS 1 Visit Status ID
        00380010 LO 1 Admission ID
        00380011!LO 1 Issuer of Admission ID
        00380014 SQ 1 Issuer of Admission ID Sequence
        00380016 LO 1 Route of Admissions
        0038001A!DA 1 Scheduled Admission Date
        0038001B!TM 1 Scheduled Admission Time
        0038001C!DA 1 Scheduled Discharge Date
        0038001D!TM 1 Scheduled Discharge Time
        0038001E!LO 1 Scheduled Patient Institution Residence
        00380020 DA 1 Admitting Date
        00380021 TM 1 Admitting Time
        00380030!DA 1 Discharge Date
        00380032!TM 1 Discharge Time
        00380040!LO 1 Discharge Diagnosis Description
        00380044!SQ 1 Discharge Diagnosis Code Sequence
        00380050 LO 1 Special Needs
        00380060 LO 1 Service Episode ID
        00380061!LO 1 Issuer of Service Episode ID
        00380062 LO 1 Service Episode Description
        00380064 SQ 1 Issuer of Service Episode ID Sequence
        00380100 SQ 1 Pertinent Documents Sequence
        00380101 SQ 1 Pertinent Resources Sequence
        00380102 LO 1 Resource Description
        00380300 LO 1 Current Patient Location
        00380400 LO 1 Patient's Institution Residence
        00380500 LO 1 Patient State
        00380502 SQ 1 Patient Clinical Trial Participation Sequence
        00384000 LT 1 Visit Comments
        003A0004 CS 1 Waveform Originality
        003A0005 US 1 Number of Waveform Channels
        003A0010 UL 1 Number of Waveform Samples
        003A001A DS 1 Sampling Frequency
        003A0020 SH 1 Multiplex Group Label
        003A0200 SQ 1 Channel Definition Sequence
        003A0202 IS 1 Waveform Channel Number
        003A0203 SH 1 Channel Label
        003A0205 CS 1-n Channel Status
        003A0208 SQ 1 Channel Source Sequence
        003A0209 SQ 1 Channel Source Modifiers Sequence
        003A020A SQ 1 Source Waveform Sequence
        003A020C LO 1 Channel Derivation Description
        003A0210 DS 1 Channel Sensitivity
        003A0211 SQ 1 Channel Sensitivity Units Sequence
        003A0212 DS 1 Channel Sensitivity Correction Factor
        003A0213 DS 1 Channel Baseline
        003A0214 DS 1 Channel Time Skew
        003A0215 DS 1 Channel Sample Skew
        003A0218 DS 1 Channel Offset
        003A021A US 1 Waveform Bits Stored
        003A0220 DS 1 Filter Low Frequency
        003A0221 DS 1 Filter High Frequency
        003A0222 DS 1 Notch Filter Frequency
        003A0223 DS 1 Notch Filter Bandwidth
        003A0230 FL 1 Waveform Data Display Scale
        003A0231 US 3 Waveform Display Background CIELab Value
        003A0240 SQ 1 Waveform Presentation Group Sequence
        003A0241 US 1 Presentation Group Number
        003A0242 SQ 1 Channel Display Sequence
        003A0244 US 3 Channel Recommended Display CIELab Value
        003A0245 FL 1 Channel Position
        003A0246 CS 1 Display Shading Flag
        003A0247 FL 1 Fractional Channel Display Scale
        003A0248 FL 1 Absolute Channel Display Scale
        003A0300 SQ 1 Multiplexed Audio Channels Description Code Sequence
        003A0301 IS 1 Channel Identification Code
        003A0302 CS 1 Channel Mode
        003A0310 UI 1 Multiplex Group UID
        003A0311 DS 1 Powerline Frequency
        003A0312 SQ 1 Channel Impedance Sequence
        003A0313 DS 1 Impedance Value
        003A0314 DT 1 Impedance Measurement DateTime
        003A0315 DS 1 Impedance Measurement Frequency
        003A0316 CS 1 Impedance Measurement Current Type
        003A0317 CS 1 Waveform Amplifier Type
        003A0318 SQ 1 Filter Low Frequency Characteristics Sequence
        003A0319 SQ 1 Filter High Frequency Characteristics Sequence
        003A0320 SQ 1 Summarized Filter Lookup Table Sequence=SummarizedFilterLookupTable
        003A0321 SQ 1 Notch Filter Characteristics Sequence
        003A0322 CS 1 Waveform Filter Type
        003A0323 SQ 1 Analog Filter Characteristics Sequence
        003A0324 DS 1 Analog Filter Roll Off
        003A0325 SQ 1 Analog Filter Type Code Sequence=AnalogFilterType
        003A0326 SQ 1 Digital Filter Characteristics Sequence
        003A0327 IS 1 Digital Filter Order
        003A0328 SQ 1 Digital Filter Type Code Sequence
        003A0329 ST 1 Waveform Filter Description
        003A032A SQ 1 Filter Lookup Table Sequence
        003A032B ST 1 Filter Lookup Table Description
        003A032C SQ 1 Frequency Encoding Code Sequence
        003A032D SQ 1 Magnitude Encoding Code Sequence
        003A032E OD 1 Filter Lookup Table Data
        00400001 AE 1-n Scheduled Station AE Title
        00400002 DA 1 Scheduled Procedure Step Start Date
        00400003 TM 1 Scheduled Procedure Step Start Time
        00400004 DA 1 Scheduled Procedure Step End Date
        00400005 TM 1 Scheduled Procedure Step End Time
        00400006 PN 1 Scheduled Performing Physician's Name
        00400007 LO 1 Scheduled Procedure Step Description
        00400008 SQ 1 Scheduled Protocol Code Sequence
        00400009 SH 1 Scheduled Procedure Step ID
        0040000A SQ 1 Stage Code Sequence
        0040000B SQ 1 Scheduled Performing Physician Identification Sequence
        00400010 SH 1-n Scheduled Station Name
        00400011 SH 1 Scheduled Procedure Step Location
        00400012 LO 1 Pre-Medication
        00400020 CS 1 Scheduled Procedure Step Status
        00400026 SQ 1 Order Placer Identifier Sequence
        00400027 SQ 1 Order Filler Identifier Sequence
        00400031 UT 1 Local Namespace Entity ID
        00400032 UT 1 Universal Entity ID
        00400033 CS 1 Universal Entity ID Type
        00400035 CS 1 Identifier Type Code
        00400036 SQ 1 Assigning Facility Sequence
        00400039 SQ 1 Assigning Jurisdiction Code Sequence
        0040003A SQ 1 Assigning Agency or Department Code Sequence
        00400100 SQ 1 Scheduled Procedure Step Sequence
        00400220 SQ 1 Referenced Non-Image Composite SOP Instance Sequence
        00400241 AE 1 Performed Station AE Title
        00400242 SH 1 Performed Station Name
        00400243 SH 1 Performed Location
        00400244 DA 1 Performed Procedure Step Start Date
        00400245 TM 1 Performed Procedure Step Start Time
        00400250 DA 1 Performed Procedure Step End Date
        00400251 TM 1 Performed Procedure Step End Time
        00400252 CS 1 Performed Procedure Step Status
        00400253 SH 1 Performed Procedure Step ID
        00400254 LO 1 Performed Procedure Step Description
        00400255 LO 1 Performed Procedure Type Description
        00400260 SQ 1 Performed Protocol Code Sequence
        00400261 CS 1 Performed Protocol Type
        00400270 SQ 1 Scheduled Step Attributes Sequence
        00400275 SQ 1 Request Attributes Sequence
        00400280 ST 1 Comments on the Performed Procedure Step
        00400281 SQ 1 Performed Procedure Step Discontinuation Reason Code Sequence
        00400293 SQ 1 Quantity Sequence
        00400294 DS 1 Quantity
        00400295 SQ 1 Measuring Units Sequence
        00400296 SQ 1 Billing Item Sequence
        00400300!US 1 Total Time of Fluoroscopy
        00400301!US 1 Total Number of Exposures
        00400302 US 1 Entrance Dose
        00400303 US 1-2 Exposed Area
        00400306 DS 1 Distance Source to Entrance
        00400307!DS 1 Distance Source to Support
        0040030E!SQ 1 Exposure Dose Sequence
        00400310 ST 1 Comments on Radiation Dose
        00400312 DS 1 X-Ray Output
        00400314 DS 1 Half Value Layer
        00400316 DS 1 Organ Dose
        00400318 CS 1 Organ Exposed
        00400320 SQ 1 Billing Procedure Step Sequence
        00400321 SQ 1 Film Consumption Sequence
        00400324 SQ 1 Billing Supplies and Devices Sequence
        00400330!SQ 1 Referenced Procedure Step Sequence
        00400340 SQ 1 Performed Series Sequence
        00400400 LT 1 Comments on the Scheduled Procedure Step
        00400440 SQ 1 Protocol Context Sequence
        00400441 SQ 1 Content Item Modifier Sequence
        00400500 SQ 1 Scheduled Specimen Sequence
        0040050A!LO 1 Specimen Accession Number
        00400512 LO 1 Container Identifier
        00400513 SQ 1 Issuer of the Container Identifier Sequence
        00400515 SQ 1 Alternate Container Identifier Sequence
        00400518 SQ 1 Container Type Code Sequence
        0040051A LO 1 Container Description
        00400520 SQ 1 Container Component Sequence
        00400550!SQ 1 Specimen Sequence
        00400551 LO 1 Specimen Identifier
        00400552!SQ 1 Specimen Description Sequence (Trial)
        00400553!ST 1 Specimen Description (Trial)
        00400554 UI 1 Specimen UID
        00400555 SQ 1 Acquisition Context Sequence
        00400556 ST 1 Acquisition Context Description
        00400560 SQ 1 Specimen Description Sequence
        00400562 SQ 1 Issuer of the Specimen Identifier Sequence
        0040059A SQ 1 Specimen Type Code Sequence
        00400600 LO 1 Specimen Short Description
        00400602 UT 1 Specimen Detailed Description
        00400610 SQ 1 Specimen Preparation Sequence
        00400612 SQ 1 Specimen Preparation Step Content Item Sequence
        00400620 SQ 1 Specimen Localization Content Item Sequence
        004006FA!LO 1 Slide Identifier
        00400710 SQ 1 Whole Slide Microscopy Image Frame Type Sequence
        0040071A SQ 1 Image Center Point Coordinates Sequence
        0040072A DS 1 X Offset in Slide Coordinate System
        0040073A DS 1 Y Offset in Slide Coordinate System
        0040074A DS 1 Z Offset in Slide Coordinate System
        004008D8!SQ 1 Pixel Spacing Sequence
        004008DA!SQ 1 Coordinate System Axis Code Sequence
        004008EA SQ 1 Measurement Units Code Sequence
        004009F8!SQ 1 Vital Stain Code Sequence (Trial)
        00401001 SH 1 Requested Procedure ID
        00401002 LO 1 Reason for the Requested Procedure
        00401003 SH 1 Requested Procedure Priority
        00401004 LO 1 Patient Transport Arrangements
        00401005 LO 1 Requested Procedure Location
        00401006!SH 1 Placer Order Number / Procedure
        00401007!SH 1 Filler Order Number / Procedure
        00401008 LO 1 Confidentiality Code
        00401009 SH 1 Reporting Priority
        0040100A SQ 1 Reason for Requested Procedure Code Sequence
        00401010 PN 1-n Names of Intended Recipients of Results
        00401011 SQ 1 Intended Recipients of Results Identification Sequence
        00401012 SQ 1 Reason For Performed Procedure Code Sequence
        00401060!LO 1 Requested Procedure Description (Trial)
        00401101 SQ 1 Person Identification Code Sequence
        00401102 ST 1 Person's Address
        00401103 LO 1-n Person's Telephone Numbers
        00401104 LT 1 Person's Telecom Information
        00401400 LT 1 Requested Procedure Comments
        00402001!LO 1 Reason for the Imaging Service Request
        00402004 DA 1 Issue Date of Imaging Service Request
        00402005 TM 1 Issue Time of Imaging Service Request
        00402006!SH 1 Placer Order Number / Imaging Service Request (Retired)
        00402007!SH 1 Filler Order Number / Imaging Service Request (Retired)
        00402008 PN 1 Order Entered By
        00402009 SH 1 Order Enterer's Location
        00402010 SH 1 Order Callback Phone Number
        00402011 LT 1 Order Callback Telecom Information
        00402016 LO 1 Placer Order Number / Imaging Service Request
        00402017 LO 1 Filler Order Number / Imaging Service Request
        00402400 LT 1 Imaging Service Request Comments
        00403001 LO 1 Confidentiality Constraint on Patient Data Description
        00404001!CS 1 General Purpose Scheduled Procedure Step Status
        00404002!CS 1 General Purpose Performed Procedure Step Status
        00404003!CS 1 General Purpose Scheduled Procedure Step Priority
        00404004!SQ 1 Scheduled Processing Applications Code Sequence
        00404005 DT 1 Scheduled Procedure Step Start DateTime
        00404006!CS 1 Multiple Copies Flag
        00404007!SQ 1 Performed Processing Applications Code Sequence
        00404008 DT 1 Scheduled Procedure Step Expiration DateTime
        00404009 SQ 1 Human Performer Code Sequence
        00404010 DT 1 Scheduled Procedure Step Modification DateTime
        00404011 DT 1 Expected Completion DateTime
        00404015!SQ 1 Resulting General Purpose Performed Procedure Steps Sequence
        00404016!SQ 1 Referenced General Purpose Scheduled Procedure Step Sequence
        00404018 SQ 1 Scheduled Workitem Code Sequence
        00404019 SQ 1 Performed Workitem Code Sequence
        00404020!CS 1 Input Availability Flag
        00404021 SQ 1 Input Information Sequence
        00404022!SQ 1 Relevant Information Sequence
        00404023!UI 1 Referenced General Purpose Scheduled Procedure Step Transaction UID
        00404025 SQ 1 Scheduled Station Name Code Sequence
        00404026 SQ 1 Scheduled Station Class Code Sequence
        00404027 SQ 1 Scheduled Station Geographic Location Code Sequence
        00404028 SQ 1 Performed Station Name Code Sequence
        00404029 SQ 1 Performed Station Class Code Sequence
        00404030 SQ 1 Performed Station Geographic Location Code Sequence
        00404031!SQ 1 Requested Subsequent Workitem Code Sequence
        00404032!SQ 1 Non-DICOM Output Code Sequence
        00404033 SQ 1 Output Information Sequence
        00404034 SQ 1 Scheduled Human Performers Sequence
        00404035 SQ 1 Actual Human Performers Sequence
        00404036 LO 1 Human Performer's Organization
        00404037 PN 1 Human Performer's Name
        00404040 CS 1 Raw Data Handling
        00404041 CS 1 Input Readiness State
        00404050 DT 1 Performed Procedure Step Start DateTime
        00404051 DT 1 Performed Procedure Step End DateTime
        00404052 DT 1 Procedure Step Cancellation DateTime
        00404070 SQ 1 Output Destination Sequence
        00404071 SQ 1 DICOM Storage Sequence
        00404072 SQ 1 STOW-RS Storage Sequence
        00404073 UR 1 Storage URL
        00404074 SQ 1 XDS Storage Sequence
        00408302 DS 1 Entrance Dose in mGy=EntranceDoseInmGy
        00408303 CS 1 Entrance Dose Derivation
        00409092 SQ 1 Parametric Map Frame Type Sequence
        00409094 SQ 1 Referenced Image Real World Value Mapping Sequence
        00409096 SQ 1 Real World Value Mapping Sequence
        00409098 SQ 1 Pixel Value Mapping Code Sequence
        00409210 SH 1 LUT Label
        00409211 US/SS 1 Real World Value Last Value Mapped
        00409212 FD 1-n Real World Value LUT Data
        00409213 FD 1 Double Float Real World Value Last Value Mapped
        00409214 FD 1 Double Float Real World Value First Value Mapped
        00409216 US/SS 1 Real World Value First Value Mapped
        00409220 SQ 1 Quantity Definition Sequence
        00409224 FD 1 Real World Value Intercept
        00409225 FD 1 Real World Value Slope
        0040A007!CS 1 Findings Flag (Trial)
        0040A010 CS 1 Relationship Type
        0040A020!SQ 1 Findings Sequence (Trial)
        0040A021!UI 1 Findings Group UID (Trial)
        0040A022!UI 1 Referenced Findings Group UID (Trial)
        0040A023!DA 1 Findings Group Recording Date (Trial)
        0040A024!TM 1 Findings Group Recording Time (Trial)
        0040A026!SQ 1 Findings Source Category Code Sequence (Trial)
        0040A027 LO 1 Verifying Organization
        0040A028!SQ 1 Documenting Organization Identifier Code Sequence (Trial)
        0040A030 DT 1 Verification DateTime
        0040A032 DT 1 Observation DateTime
        0040A033 DT 1 Observation Start DateTime
        0040A040 CS 1 Value Type
        0040A043 SQ 1 Concept Name Code Sequence
        0040A047!LO 1 Measurement Precision Description (Trial)
        0040A050 CS 1 Continuity Of Content
        0040A057!CS 1-n Urgency or Priority Alerts (Trial)
        0040A060!LO 1 Sequencing Indicator (Trial)
        0040A066!SQ 1 Document Identifier Code Sequence (Trial)
        0040A067!PN 1 Document Author (Trial)
        0040A068!SQ 1 Document Author Identifier Code Sequence (Trial)
        0040A070!SQ 1 Identifier Code Sequence (Trial)
        0040A073 SQ 1 Verifying Observer Sequence
        0040A074!OB 1 Object Binary Identifier (Trial)
        0040A075 PN 1 Verifying Observer Name
        0040A076!SQ 1 Documenting Observer Identifier Code Sequence (Trial)
        0040A078 SQ 1 Author Observer Sequence
        0040A07A SQ 1 Participant Sequence
        0040A07C SQ 1 Custodial Organization Sequence
        0040A080 CS 1 Participation Type
        0040A082 DT 1 Participation DateTime
        0040A084 CS 1 Observer Type
        0040A085!SQ 1 Procedure Identifier Code Sequence (Trial)
        0040A088 SQ 1 Verifying Observer Identification Code Sequence
        0040A089!OB 1 Object Directory Binary Identifier (Trial)
        0040A090!SQ 1 Equivalent CDA Document Sequence
        0040A0B0 US 2-2n Referenced Waveform Channels
        0040A110!DA 1 Date of Document or Verbal Transaction (Trial)
        0040A112!TM 1 Time of Document Creation or Verbal Transaction (Trial)
        0040A120 DT 1 DateTime
        0040A121 DA 1 Date
        0040A122 TM 1 Time
        0040A123 PN 1 Person Name
        0040A124 UI 1 UID
        0040A125!CS 2 Report Status ID (Trial)
        0040A130 CS 1 Temporal Range Type
        0040A132 UL 1-n Referenced Sample Positions
        0040A136!US 1-n Referenced Frame Numbers
        0040A138 DS 1-n Referenced Time Offsets
        0040A13A DT 1-n Referenced DateTime
        0040A160 UT 1 Text Value
        0040A161 FD 1-n Floating Point Value
        0040A162 SL 1-n Rational Numerator Value
        0040A163 UL 1-n Rational Denominator Value
        0040A167!SQ 1 Observation Category Code Sequence (Trial)
        0040A168 SQ 1 Concept Code Sequence
        0040A16A!ST 1 Bibliographic Citation (Trial)
        0040A170 SQ 1 Purpose of Reference Code Sequence
        0040A171 UI 1 Observation UID
        0040A172!UI 1 Referenced Observation UID (Trial)
        0040A173!CS 1 Referenced Observation Class (Trial)
        0040A174!CS 1 Referenced Object Observation Class (Trial)
        0040A180 US 1 Annotation Group Number
        0040A192!DA 1 Observation Date (Trial)
        0040A193!TM 1 Observation Time (Trial)
        0040A194!CS 1 Measurement Automation (Trial)
        0040A195 SQ 1 Modifier Code Sequence
        0040A224!ST 1 Identification Description (Trial)
        0040A290!CS 1 Coordinates Set Geometric Type (Trial)
        0040A296!SQ 1 Algorithm Code Sequence (Trial)
        0040A297!ST 1 Algorithm Description (Trial)
        0040A29A!SL 2-2n Pixel Coordinates Set (Trial)
        0040A300 SQ 1 Measured Value Sequence
        0040A301 SQ 1 Numeric Value Qualifier Code Sequence
        0040A307!PN 1 Current Observer (Trial)
        0040A30A DS 1-n Numeric Value
        0040A313!SQ 1 Referenced Accession Sequence (Trial)
        0040A33A!ST 1 Report Status Comment (Trial)
        0040A340!SQ 1 Procedure Context Sequence (Trial)
        0040A352!PN 1 Verbal Source (Trial)
        0040A353!ST 1 Address (Trial)
        0040A354!LO 1 Telephone Number (Trial)
        0040A358!SQ 1 Verbal Source Identifier Code Sequence (Trial)
        0040A360 SQ 1 Predecessor Documents Sequence
        0040A370 SQ 1 Referenced Request Sequence
        0040A372 SQ 1 Performed Procedure Code Sequence
        0040A375 SQ 1 Current Requested Procedure Evidence Sequence
        0040A380!SQ 1 Report Detail Sequence (Trial)
        0040A385 SQ 1 Pertinent Other Evidence Sequence
        0040A390 SQ 1 HL7 Structured Document Reference Sequence
        0040A402!UI 1 Observation Subject UID (Trial)
        0040A403!CS 1 Observation Subject Class (Trial)
        0040A404!SQ 1 Observation Subject Type Code Sequence (Trial)
        0040A491 CS 1 Completion Flag
        0040A492 LO 1 Completion Flag Description
        0040A493 CS 1 Verification Flag
        0040A494 CS 1 Archive Requested
        0040A496 CS 1 Preliminary Flag
        0040A504 SQ 1 Content Template Sequence
        0040A525 SQ 1 Identical Documents Sequence
        0040A600!CS 1 Observation Subject Context Flag (Trial)
        0040A601!CS 1 Observer Context Flag (Trial)
        0040A603!CS 1 Procedure Context Flag (Trial)
        0040A730 SQ 1 Content Sequence
        0040A731!SQ 1 Relationship Sequence (Trial)
        0040A732!SQ 1 Relationship Type Code Sequence (Trial)
        0040A744!SQ 1 Language Code Sequence (Trial)
        0040A801 SQ 1 Tabulated Values Sequence
        0040A802 UL 1 Number of Table Rows
        0040A803 UL 1 Number of Table Columns
        0040A804 UL 1 Table Row Number
        0040A805 UL 1 Table Column Number
        0040A806 SQ 1 Table Row Definition Sequence
        0040A807 SQ 1 Table Column Definition Sequence
        0040A808 SQ 1 Cell Values Sequence
        0040A992!ST 1 Uniform Resource Locator (Trial)
        0040B020 SQ 1 Waveform Annotation Sequence
        0040DB00 CS 1 Template Identifier
        0040DB06!DT 1 Template Version
        0040DB07!DT 1 Template Local Version
        0040DB0B!CS 1 Template Extension Flag
        0040DB0C!UI 1 Template Extension Organization UID
        0040DB0D!UI 1 Template Extension Creator UID
        0040DB73 UL 1-n Referenced Content Item Identifier
        0040E001 ST 1 HL7 Instance Identifier
        0040E004 DT 1 HL7 Document Effective Time
        0040E006 SQ 1 HL7 Document Type Code Sequence
        0040E008 SQ 1 Document Class Code Sequence
        0040E010 UR 1 Retrieve URI
        0040E011 UI 1 Retrieve Location UID
        0040E020 CS 1 Type of Instances
        0040E021 SQ 1 DICOM Retrieval Sequence
        0040E022 SQ 1 DICOM Media Retrieval Sequence
        0040E023 SQ 1 WADO Retrieval Sequence
        0040E024 SQ 1 XDS Retrieval Sequence
        0040E025 SQ 1 WADO-RS Retrieval Sequence
        0040E030 UI 1 Repository Unique ID
        0040E031 UI 1 Home Community ID
        00420010 ST 1 Document Title
        00420011 OB 1 Encapsulated Document
        00420012 LO 1 MIME Type of Encapsulated Document
        00420013 SQ 1 Source Instance Sequence
        00420014 LO 1-n List of MIME Types
        00420015 UL 1 Encapsulated Document Length
        00440001 ST 1 Product Package Identifier
        00440002 CS 1 Substance Administration Approval
        00440003 LT 1 Approval Status Further Description
        00440004 DT 1 Approval Status DateTime
        00440007 SQ 1 Product Type Code Sequence
        00440008 LO 1-n Product Name
        00440009 LT 1 Product Description
        0044000A LO 1 Product Lot Identifier
        0044000B DT 1 Product Expiration DateTime
        00440010 DT 1 Substance Administration DateTime
        00440011 LO 1 Substance Administration Notes
        00440012 LO 1 Substance Administration Device ID
        00440013 SQ 1 Product Parameter Sequence
        00440019 SQ 1 Substance Administration Parameter Sequence
        00440100 SQ 1 Approval Sequence
        00440101 SQ 1 Assertion Code Sequence
        00440102 UI 1 Assertion UID
        00440103 SQ 1 Asserter Identification Sequence
        00440104 DT 1 Assertion DateTime
        00440105 DT 1 Assertion Expiration DateTime
        00440106 UT 1 Assertion Comments
        00440107 SQ 1 Related Assertion Sequence
        00440108 UI 1 Referenced Assertion UID
        00440109 SQ 1 Approval Subject Sequence
        0044010A SQ 1 Organizational Role Code Sequence
        00460012 LO 1 Lens Description
        00460014 SQ 1 Right Lens Sequence
        00460015 SQ 1 Left Lens Sequence
        00460016 SQ 1 Unspecified Laterality Lens Sequence
        00460018 SQ 1 Cylinder Sequence
        00460028 SQ 1 Prism Sequence
        00460030 FD 1 Horizontal Prism Power
        00460032 CS 1 Horizontal Prism Base
        00460034 FD 1 Vertical Prism Power
        00460036 CS 1 Vertical Prism Base
        00460038 CS 1 Lens Segment Type
        00460040 FD 1 Optical Transmittance
        00460042 FD 1 Channel Width
        00460044 FD 1 Pupil Size
        00460046 FD 1 Corneal Size
        00460047 SQ 1 Corneal Size Sequence
        00460050 SQ 1 Autorefraction Right Eye Sequence
        00460052 SQ 1 Autorefraction Left Eye Sequence
        00460060 FD 1 Distance Pupillary Distance
        00460062 FD 1 Near Pupillary Distance
        00460063 FD 1 Intermediate Pupillary Distance
        00460064 FD 1 Other Pupillary Distance
        00460070 SQ 1 Keratometry Right Eye Sequence
        00460071 SQ 1 Keratometry Left Eye Sequence
        00460074 SQ 1 Steep Keratometric Axis Sequence
        00460075 FD 1 Radius of Curvature
        00460076 FD 1 Keratometric Power
        00460077 FD 1 Keratometric Axis
        00460080 SQ 1 Flat Keratometric Axis Sequence
        00460092 CS 1 Background Color
        00460094 CS 1 Optotype
        00460095 CS 1 Optotype Presentation
        00460097 SQ 1 Subjective Refraction Right Eye Sequence
        00460098 SQ 1 Subjective Refraction Left Eye Sequence
        00460100 SQ 1 Add Near Sequence
        00460101 SQ 1 Add Intermediate Sequence
        00460102 SQ 1 Add Other Sequence
        00460104 FD 1 Add Power
        00460106 FD 1 Viewing Distance
        00460110 SQ 1 Cornea Measurements Sequence
        00460111 SQ 1 Source of Cornea Measurement Data Code Sequence
        00460112 SQ 1 Steep Corneal Axis Sequence
        00460113 SQ 1 Flat Corneal Axis Sequence
        00460114 FD 1 Corneal Power
        00460115 FD 1 Corneal Axis
        00460116 SQ 1 Cornea Measurement Method Code Sequence
        00460117 FL 1 Refractive Index of Cornea
        00460118 FL 1 Refractive Index of Aqueous Humor
        00460121 SQ 1 Visual Acuity Type Code Sequence
        00460122 SQ 1 Visual Acuity Right Eye Sequence
        00460123 SQ 1 Visual Acuity Left Eye Sequence
        00460124 SQ 1 Visual Acuity Both Eyes Open Sequence
        00460125 CS 1 Viewing Distance Type
        00460135 SS 2 Visual Acuity Modifiers
        00460137 FD 1 Decimal Visual Acuity
        00460139 LO 1 Optotype Detailed Definition
        00460145 SQ 1 Referenced Refractive Measurements Sequence
        00460146 FD 1 Sphere Power
        00460147 FD 1 Cylinder Power
        00460201 CS 1 Corneal Topography Surface
        00460202 FL 2 Corneal Vertex Location
        00460203 FL 1 Pupil Centroid X-Coordinate
        00460204 FL 1 Pupil Centroid Y-Coordinate
        00460205 FL 1 Equivalent Pupil Radius
        00460207 SQ 1 Corneal Topography Map Type Code Sequence
        00460208 IS 2-2n Vertices of the Outline of Pupil
        00460210 SQ 1 Corneal Topography Mapping Normals Sequence
        00460211 SQ 1 Maximum Corneal Curvature Sequence
        00460212 FL 1 Maximum Corneal Curvature
        00460213 FL 2 Maximum Corneal Curvature Location
        00460215 SQ 1 Minimum Keratometric Sequence
        00460218 SQ 1 Simulated Keratometric Cylinder Sequence
        00460220 FL 1 Average Corneal Power
        00460224 FL 1 Corneal I-S Value
        00460227 FL 1 Analyzed Area
        00460230 FL 1 Surface Regularity Index
        00460232 FL 1 Surface Asymmetry Index
        00460234 FL 1 Corneal Eccentricity Index
        00460236 FL 1 Keratoconus Prediction Index
        00460238 FL 1 Decimal Potential Visual Acuity
        00460242 CS 1 Corneal Topography Map Quality Evaluation
        00460244 SQ 1 Source Image Corneal Processed Data Sequence
        00460247 FL 3 Corneal Point Location
        00460248 CS 1 Corneal Point Estimated
        00460249 FL 1 Axial Power
        00460250 FL 1 Tangential Power
        00460251 FL 1 Refractive Power
        00460252 FL 1 Relative Elevation
        00460253 FL 1 Corneal Wavefront
        00480001 FL 1 Imaged Volume Width
        00480002 FL 1 Imaged Volume Height
        00480003 FL 1 Imaged Volume Depth
        00480006 UL 1 Total Pixel Matrix Columns
        00480007 UL 1 Total Pixel Matrix Rows
        00480008 SQ 1 Total Pixel Matrix Origin Sequence
        00480010 CS 1 Specimen Label in Image
        00480011 CS 1 Focus Method
        00480012 CS 1 Extended Depth of Field
        00480013 US 1 Number of Focal Planes
        00480014 FL 1 Distance Between Focal Planes
        00480015 US 3 Recommended Absent Pixel CIELab Value
        00480100 SQ 1 Illuminator Type Code Sequence
        00480102 DS 6 Image Orientation (Slide)
        00480105 SQ 1 Optical Path Sequence
        00480106 SH 1 Optical Path Identifier
        00480107 ST 1 Optical Path Description
        00480108 SQ 1 Illumination Color Code Sequence
        00480110 SQ 1 Specimen Reference Sequence
        00480111 DS 1 Condenser Lens Power
        00480112 DS 1 Objective Lens Power
        00480113 DS 1 Objective Lens Numerical Aperture
        00480114 CS 1 Confocal Mode
        00480115 CS 1 Tissue Location
        00480116 SQ 1 Confocal Microscopy Image Frame Type Sequence
        00480117 FD 1 Image Acquisition Depth
        00480120 SQ 1 Palette Color Lookup Table Sequence
        00480200!SQ 1 Referenced Image Navigation Sequence
        00480201!US 2 Top Left Hand Corner of Localizer Area
        00480202!US 2 Bottom Right Hand Corner of Localizer Area
        00480207 SQ 1 Optical Path Identification Sequence
        0048021A SQ 1 Plane Position (Slide) Sequence
        0048021E SL 1 Column Position In Total Image Pixel Matrix
        0048021F SL 1 Row Position In Total Image Pixel Matrix
        00480301 CS 1 Pixel Origin Interpretation
        00480302 UL 1 Number of Optical Paths
        00480303 UL 1 Total Pixel Matrix Focal Planes
        00500004 CS 1 Calibration Image
        00500010 SQ 1 Device Sequence
        00500012 SQ 1 Container Component Type Code Sequence
        00500013 FD 1 Container Component Thickness
        00500014 DS 1 Device Length
        00500015 FD 1 Container Component Width
        00500016 DS 1 Device Diameter
        00500017 CS 1 Device Diameter Units
        00500018 DS 1 Device Volume
        00500019 DS 1 Inter-Marker Distance
        0050001A CS 1 Container Component Material
        0050001B LO 1 Container Component ID
        0050001C FD 1 Container Component Length
        0050001D FD 1 Container Component Diameter
        0050001E LO 1 Container Component Description
        00500020 LO 1 Device Description
        00500021 ST 1 Long Device Description
        00520001 FL 1 Contrast/Bolus Ingredient Percent by Volume
        00520002 FD 1 OCT Focal Distance
        00520003 FD 1 Beam Spot Size
        00520004 FD 1 Effective Refractive Index
        00520006 CS 1 OCT Acquisition Domain
        00520007 FD 1 OCT Optical Center Wavelength
        00520008 FD 1 Axial Resolution
        00520009 FD 1 Ranging Depth
        00520011 FD 1 A-line Rate
        00520012 US 1 A-lines Per Frame
        00520013 FD 1 Catheter Rotational Rate
        00520014 FD 1 A-line Pixel Spacing
        00520016 SQ 1 Mode of Percutaneous Access Sequence
        00520025 SQ 1 Intravascular OCT Frame Type Sequence
        00520026 CS 1 OCT Z Offset Applied
        00520027 SQ 1 Intravascular Frame Content Sequence
        00520028 FD 1 Intravascular Longitudinal Distance
        00520029 SQ 1 Intravascular OCT Frame Content Sequence
        00520030 SS 1 OCT Z Offset Correction
        00520031 CS 1 Catheter Direction of Rotation
        00520033 FD 1 Seam Line Location
        00520034 FD 1 First A-line Location
        00520036 US 1 Seam Line Index
        00520038 US 1 Number of Padded A-lines
        00520039 CS 1 Interpolation Type
        0052003A CS 1 Refractive Index Applied
        00540010 US 1-n Energy Window Vector
        00540011 US 1 Number of Energy Windows
        00540012 SQ 1 Energy Window Information Sequence
        00540013 SQ 1 Energy Window Range Sequence
        00540014 DS 1 Energy Window Lower Limit
        00540015 DS 1 Energy Window Upper Limit
        00540016 SQ 1 Radiopharmaceutical Information Sequence
        00540017 IS 1 Residual Syringe Counts
        00540018 SH 1 Energy Window Name
        00540020 US 1-n Detector Vector
        00540021 US 1 Number of Detectors
        00540022 SQ 1 Detector Information Sequence
        00540030 US 1-n Phase Vector
        00540031 US 1 Number of Phases
        00540032 SQ 1 Phase Information Sequence
        00540033 US 1 Number of Frames in Phase
        00540036 IS 1 Phase Delay
        00540038 IS 1 Pause Between Frames
        00540039 CS 1 Phase Description
        00540050 US 1-n Rotation Vector
        00540051 US 1 Number of Rotations
        00540052 SQ 1 Rotation Information Sequence
        00540053 US 1 Number of Frames in Rotation
        00540060 US 1-n R-R Interval Vector
        00540061 US 1 Number of R-R Intervals
        00540062 SQ 1 Gated Information Sequence
        00540063 SQ 1 Data Information Sequence
        00540070 US 1-n Time Slot Vector
        00540071 US 1 Number of Time Slots
        00540072 SQ 1 Time Slot Information Sequence
        00540073 DS 1 Time Slot Time
        00540080 US 1-n Slice Vector
        00540081 US 1 Number of Slices
        00540090 US 1-n Angular View Vector
        00540100 US 1-n Time Slice Vector
        00540101 US 1 Number of Time Slices
        00540200 DS 1 Start Angle
        00540202 CS 1 Type of Detector Motion
        00540210 IS 1-n Trigger Vector
        00540211 US 1 Number of Triggers in Phase
        00540220 SQ 1 View Code Sequence
        00540222 SQ 1 View Modifier Code Sequence
        00540300 SQ 1 Radionuclide Code Sequence
        00540302 SQ 1 Administration Route Code Sequence
        00540304 SQ 1 Radiopharmaceutical Code Sequence
        00540306 SQ 1 Calibration Data Sequence
        00540308 US 1 Energy Window Number
        00540400 SH 1 Image ID
        00540410 SQ 1 Patient Orientation Code Sequence
        00540412 SQ 1 Patient Orientation Modifier Code Sequence
        00540414 SQ 1 Patient Gantry Relationship Code Sequence
        00540500 CS 1 Slice Progression Direction
        00540501 CS 1 Scan Progression Direction
        00541000 CS 2 Series Type
        00541001 CS 1 Units
        00541002 CS 1 Counts Source
        00541004 CS 1 Reprojection Method
        00541006 CS 1 SUV Type
        00541100 CS 1 Randoms Correction Method
        00541101 LO 1 Attenuation Correction Method
        00541102 CS 1 Decay Correction
        00541103 LO 1 Reconstruction Method
        00541104 LO 1 Detector Lines of Response Used
        00541105 LO 1 Scatter Correction Method
        00541200 DS 1 Axial Acceptance
        00541201 IS 2 Axial Mash
        00541202 IS 1 Transverse Mash
        00541203 DS 2 Detector Element Size
        00541210 DS 1 Coincidence Window Width
        00541220 CS 1-n Secondary Counts Type
        00541300 DS 1 Frame Reference Time
        00541310 IS 1 Primary (Prompts) Counts Accumulated
        00541311 IS 1-n Secondary Counts Accumulated
        00541320 DS 1 Slice Sensitivity Factor
        00541321 DS 1 Decay Factor
        00541322 DS 1 Dose Calibration Factor
        00541323 DS 1 Scatter Fraction Factor
        00541324 DS 1 Dead Time Factor
        00541330 US 1 Image Index
        00541400!CS 1-n Counts Included
        00541401!CS 1 Dead Time Correction Flag
        00603000 SQ 1 Histogram Sequence
        00603002 US 1 Histogram Number of Bins
        00603004 US/SS 1 Histogram First Bin Value
        00603006 US/SS 1 Histogram Last Bin Value
        00603008 US 1 Histogram Bin Width
        00603010 LO 1 Histogram Explanation
        00603020 UL 1-n Histogram Data
        00620001 CS 1 Segmentation Type
        00620002 SQ 1 Segment Sequence
        00620003 SQ 1 Segmented Property Category Code Sequence
        00620004 US 1 Segment Number
        00620005 LO 1 Segment Label
        00620006 ST 1 Segment Description
        00620007 SQ 1 Segmentation Algorithm Identification Sequence
        00620008 CS 1 Segment Algorithm Type
        00620009 LO 1-n Segment Algorithm Name
        0062000A SQ 1 Segment Identification Sequence
        0062000B US 1-n Referenced Segment Number
        0062000C US 1 Recommended Display Grayscale Value
        0062000D US 3 Recommended Display CIELab Value
        0062000E US 1 Maximum Fractional Value
        0062000F SQ 1 Segmented Property Type Code Sequence
        00620010 CS 1 Segmentation Fractional Type
        00620011 SQ 1 Segmented Property Type Modifier Code Sequence
        00620012 SQ 1 Used Segments Sequence
        00620013 CS 1 Segments Overlap
        00620020 UT 1 Tracking ID
        00620021 UI 1 Tracking UID
        00640002 SQ 1 Deformable Registration Sequence
        00640003 UI 1 Source Frame of Reference UID
        00640005 SQ 1 Deformable Registration Grid Sequence
        00640007 UL 3 Grid Dimensions
        00640008 FD 3 Grid Resolution
        00640009 OF 1 Vector Grid Data
        0064000F SQ 1 Pre Deformation Matrix Registration Sequence
        00640010 SQ 1 Post Deformation Matrix Registration Sequence
        00660001 UL 1 Number of Surfaces
        00660002 SQ 1 Surface Sequence
        00660003 UL 1 Surface Number
        00660004 LT 1 Surface Comments
        00660009 CS 1 Surface Processing
        0066000A FL 1 Surface Processing Ratio
        0066000B LO 1 Surface Processing Description
        0066000C FL 1 Recommended Presentation Opacity
        0066000D CS 1 Recommended Presentation Type
        0066000E CS 1 Finite Volume
        00660010 CS 1 Manifold
        00660011 SQ 1 Surface Points Sequence
        00660012 SQ 1 Surface Points Normals Sequence
        00660013 SQ 1 Surface Mesh Primitives Sequence
        00660015 UL 1 Number of Surface Points
        00660016 OF 1 Point Coordinates Data
        00660017 FL 3 Point Position Accuracy
        00660018 FL 1 Mean Point Distance
        00660019 FL 1 Maximum Point Distance
        0066001A FL 6 Points Bounding Box Coordinates
        0066001B FL 3 Axis of Rotation
        0066001C FL 3 Center of Rotation
        0066001E UL 1 Number of Vectors
        0066001F US 1 Vector Dimensionality
        00660020 FL 1-n Vector Accuracy
        00660021 OF 1 Vector Coordinate Data
        00660022 OD 1 Double Point Coordinates Data
        00660023!OW 1 Triangle Point Index List
        00660024!OW 1 Edge Point Index List
        00660025!OW 1 Vertex Point Index List
        00660026 SQ 1 Triangle Strip Sequence
        00660027 SQ 1 Triangle Fan Sequence
        00660028 SQ 1 Line Sequence
        00660029!OW 1 Primitive Point Index List
        0066002A UL 1 Surface Count
        0066002B SQ 1 Referenced Surface Sequence
        0066002C UL 1 Referenced Surface Number
        0066002D SQ 1 Segment Surface Generation Algorithm Identification Sequence
        0066002E SQ 1 Segment Surface Source Instance Sequence
        0066002F SQ 1 Algorithm Family Code Sequence
        00660030 SQ 1 Algorithm Name Code Sequence
        00660031 LO 1 Algorithm Version
        00660032 LT 1 Algorithm Parameters
        00660034 SQ 1 Facet Sequence
        00660035 SQ 1 Surface Processing Algorithm Identification Sequence
        00660036 LO 1 Algorithm Name
        00660037 FL 1 Recommended Point Radius
        00660038 FL 1 Recommended Line Thickness
        00660040 OL 1 Long Primitive Point Index List
        00660041 OL 1 Long Triangle Point Index List
        00660042 OL 1 Long Edge Point Index List
        00660043 OL 1 Long Vertex Point Index List
        00660101 SQ 1 Track Set Sequence
        00660102 SQ 1 Track Sequence
        00660103 OW 1 Recommended Display CIELab Value List
        00660104 SQ 1 Tracking Algorithm Identification Sequence
        00660105 UL 1 Track Set Number
        00660106 LO 1 Track Set Label
        00660107 UT 1 Track Set Description
        00660108 SQ 1 Track Set Anatomical Type Code Sequence
        00660121 SQ 1 Measurements Sequence
        00660124 SQ 1 Track Set Statistics Sequence
        00660125 OF 1 Floating Point Values
        00660129 OL 1 Track Point Index List
        00660130 SQ 1 Track Statistics Sequence
        00660132 SQ 1 Measurement Values Sequence
        00660133 SQ 1 Diffusion Acquisition Code Sequence
        00660134 SQ 1 Diffusion Model Code Sequence
        00686210 LO 1 Implant Size
        00686221 LO 1 Implant Template Version
        00686222 SQ 1 Replaced Implant Template Sequence
        00686223 CS 1 Implant Type
        00686224 SQ 1 Derivation Implant Template Sequence
        00686225 SQ 1 Original Implant Template Sequence
        00686226 DT 1 Effective DateTime
        00686230 SQ 1 Implant Target Anatomy Sequence
        00686260 SQ 1 Information From Manufacturer Sequence
        00686265 SQ 1 Notification From Manufacturer Sequence
        00686270 DT 1 Information Issue DateTime
        00686280 ST 1 Information Summary
        006862A0 SQ 1 Implant Regulatory Disapproval Code Sequence
        006862A5 FD 1 Overall Template Spatial Tolerance
        006862C0 SQ 1 HPGL Document Sequence
        006862D0 US 1 HPGL Document ID
        006862D5 LO 1 HPGL Document Label
        006862E0 SQ 1 View Orientation Code Sequence
        006862F0 SQ 1 View Orientation Modifier Code Sequence
        006862F2 FD 1 HPGL Document Scaling
        00686300 OB 1 HPGL Document
        00686310 US 1 HPGL Contour Pen Number
        00686320 SQ 1 HPGL Pen Sequence
        00686330 US 1 HPGL Pen Number
        00686340 LO 1 HPGL Pen Label
        00686345 ST 1 HPGL Pen Description
        00686346 FD 2 Recommended Rotation Point
        00686347 FD 4 Bounding Rectangle
        00686350 US 1-n Implant Template 3D Model Surface Number
        00686360 SQ 1 Surface Model Description Sequence
        00686380 LO 1 Surface Model Label
        00686390 FD 1 Surface Model Scaling Factor
        006863A0 SQ 1 Materials Code Sequence
        006863A4 SQ 1 Coating Materials Code Sequence
        006863A8 SQ 1 Implant Type Code Sequence
        006863AC SQ 1 Fixation Method Code Sequence
        006863B0 SQ 1 Mating Feature Sets Sequence
        006863C0 US 1 Mating Feature Set ID
        006863D0 LO 1 Mating Feature Set Label
        006863E0 SQ 1 Mating Feature Sequence
        006863F0 US 1 Mating Feature ID
        00686400 SQ 1 Mating Feature Degree of Freedom Sequence
        00686410 US 1 Degree of Freedom ID
        00686420 CS 1 Degree of Freedom Type
        00686430 SQ 1 2D Mating Feature Coordinates Sequence=TwoDMatingFeatureCoordinatesSequence
        00686440 US 1 Referenced HPGL Document ID
        00686450 FD 2 2D Mating Point=TwoDMatingPoint
        00686460 FD 4 2D Mating Axes=TwoDMatingAxes
        00686470 SQ 1 2D Degree of Freedom Sequence=TwoDDegreeOfFreedomSequence
        00686490 FD 3 3D Degree of Freedom Axis=ThreeDDegreeOfFreedomAxis
        006864A0 FD 2 Range of Freedom
        006864C0 FD 3 3D Mating Point=ThreeDMatingPoint
        006864D0 FD 9 3D Mating Axes=ThreeDMatingAxes
        006864F0 FD 3 2D Degree of Freedom Axis=TwoDDegreeOfFreedomAxis
        00686500 SQ 1 Planning Landmark Point Sequence
        00686510 SQ 1 Planning Landmark Line Sequence
        00686520 SQ 1 Planning Landmark Plane Sequence
        00686530 US 1 Planning Landmark ID
        00686540 LO 1 Planning Landmark Description
        00686545 SQ 1 Planning Landmark Identification Code Sequence
        00686550 SQ 1 2D Point Coordinates Sequence=TwoDPointCoordinatesSequence
        00686560 FD 2 2D Point Coordinates=TwoDPointCoordinates
        00686590 FD 3 3D Point Coordinates=ThreeDPointCoordinates
        006865A0 SQ 1 2D Line Coordinates Sequence=TwoDLineCoordinatesSequence
        006865B0 FD 4 2D Line Coordinates=TwoDLineCoordinates
        006865D0 FD 6 3D Line Coordinates=ThreeDLineCoordinates
        006865E0 SQ 1 2D Plane Coordinates Sequence=TwoDPlaneCoordinatesSequence
        006865F0 FD 4 2D Plane Intersection=TwoDPlaneIntersection
        00686610 FD 3 3D Plane Origin=ThreeDPlaneOrigin
        00686620 FD 3 3D Plane Normal=ThreeDPlaneNormal
        00687001 CS 1 Model Modification
        00687002 CS 1 Model Mirroring
        00687003 SQ 1 Model Usage Code Sequence
        00687004 UI 1 Model Group UID
        00687005 UR 1 Relative URI Reference Within Encapsulated Document
        006A0001 CS 1 Annotation Coordinate Type
        006A0002 SQ 1 Annotation Group Sequence
        006A0003 UI 1 Annotation Group UID
        006A0005 LO 1 Annotation Group Label
        006A0006 UT 1 Annotation Group Description
        006A0007 CS 1 Annotation Group Generation Type
        006A0008 SQ 1 Annotation Group Algorithm Identification Sequence
        006A0009 SQ 1 Annotation Property Category Code Sequence
        006A000A SQ 1 Annotation Property Type Code Sequence
        006A000B SQ 1 Annotation Property Type Modifier Code Sequence
        006A000C UL 1 Number of Annotations
        006A000D CS 1 Annotation Applies to All Optical Paths
        006A000E SH 1-n Referenced Optical Path Identifier
        006A000F CS 1 Annotation Applies to All Z Planes
        006A0010 FD 1-n Common Z Coordinate Value
        006A0011 OL 1 Annotation Index List
        00700001 SQ 1 Graphic Annotation Sequence
        00700002 CS 1 Graphic Layer
        00700003 CS 1 Bounding Box Annotation Units
        00700004 CS 1 Anchor Point Annotation Units
        00700005 CS 1 Graphic Annotation Units
        00700006 ST 1 Unformatted Text Value
        00700008 SQ 1 Text Object Sequence
        00700009 SQ 1 Graphic Object Sequence
        00700010 FL 2 Bounding Box Top Left Hand Corner
        00700011 FL 2 Bounding Box Bottom Right Hand Corner
        00700012 CS 1 Bounding Box Text Horizontal Justification
        00700014 FL 2 Anchor Point
        00700015 CS 1 Anchor Point Visibility
        00700020 US 1 Graphic Dimensions
        00700021 US 1 Number of Graphic Points
        00700022 FL 2-n Graphic Data
        00700023 CS 1 Graphic Type
        00700024 CS 1 Graphic Filled
        00700040!IS 1 Image Rotation (Retired)
        00700041 CS 1 Image Horizontal Flip
        00700042 US 1 Image Rotation
        00700050!US 2 Displayed Area Top Left Hand Corner (Trial)
        00700051!US 2 Displayed Area Bottom Right Hand Corner (Trial)
        00700052 SL 2 Displayed Area Top Left Hand Corner
        00700053 SL 2 Displayed Area Bottom Right Hand Corner
        0070005A SQ 1 Displayed Area Selection Sequence
        00700060 SQ 1 Graphic Layer Sequence
        00700062 IS 1 Graphic Layer Order
        00700066 US 1 Graphic Layer Recommended Display Grayscale Value
        00700067!US 3 Graphic Layer Recommended Display RGB Value
        00700068 LO 1 Graphic Layer Description
        00700080 CS 1 Content Label
        00700081 LO 1 Content Description
        00700082 DA 1 Presentation Creation Date
        00700083 TM 1 Presentation Creation Time
        00700084 PN 1 Content Creator's Name
        00700086 SQ 1 Content Creator's Identification Code Sequence
        00700087 SQ 1 Alternate Content Description Sequence
        00700100 CS 1 Presentation Size Mode
        00700101 DS 2 Presentation Pixel Spacing
        00700102 IS 2 Presentation Pixel Aspect Ratio
        00700103 FL 1 Presentation Pixel Magnification Ratio
        00700207 LO 1 Graphic Group Label
        00700208 ST 1 Graphic Group Description
        00700209 SQ 1 Compound Graphic Sequence
        00700226 UL 1 Compound Graphic Instance ID
        00700227 LO 1 Font Name
        00700228 CS 1 Font Name Type
        00700229 LO 1 CSS Font Name
        00700230 FD 1 Rotation Angle
        00700231 SQ 1 Text Style Sequence
        00700232 SQ 1 Line Style Sequence
        00700233 SQ 1 Fill Style Sequence
        00700234 SQ 1 Graphic Group Sequence
        00700241 US 3 Text Color CIELab Value
        00700242 CS 1 Horizontal Alignment
        00700243 CS 1 Vertical Alignment
        00700244 CS 1 Shadow Style
        00700245 FL 1 Shadow Offset X
        00700246 FL 1 Shadow Offset Y
        00700247 US 3 Shadow Color CIELab Value
        00700248 CS 1 Underlined
        00700249 CS 1 Bold
        00700250 CS 1 Italic
        00700251 US 3 Pattern On Color CIELab Value
        00700252 US 3 Pattern Off Color CIELab Value
        00700253 FL 1 Line Thickness
        00700254 CS 1 Line Dashing Style
        00700255 UL 1 Line Pattern
        00700256 OB 1 Fill Pattern
        00700257 CS 1 Fill Mode
        00700258 FL 1 Shadow Opacity
        00700261 FL 1 Gap Length
        00700262 FL 1 Diameter of Visibility
        00700273 FL 2 Rotation Point
        00700274 CS 1 Tick Alignment
        00700278 CS 1 Show Tick Label
        00700279 CS 1 Tick Label Alignment
        00700282 CS 1 Compound Graphic Units
        00700284 FL 1 Pattern On Opacity
        00700285 FL 1 Pattern Off Opacity
        00700287 SQ 1 Major Ticks Sequence
        00700288 FL 1 Tick Position
        00700289 SH 1 Tick Label
        00700294 CS 1 Compound Graphic Type
        00700295 UL 1 Graphic Group ID
        00700306 CS 1 Shape Type
        00700308 SQ 1 Registration Sequence
        00700309 SQ 1 Matrix Registration Sequence
        0070030A SQ 1 Matrix Sequence
        0070030B FD 16 Frame of Reference to Displayed Coordinate System Transformation Matrix
        0070030C CS 1 Frame of Reference Transformation Matrix Type
        0070030D SQ 1 Registration Type Code Sequence
        0070030F ST 1 Fiducial Description
        00700310 SH 1 Fiducial Identifier
        00700311 SQ 1 Fiducial Identifier Code Sequence
        00700312 FD 1 Contour Uncertainty Radius
        00700314 SQ 1 Used Fiducials Sequence
        00700315 SQ 1 Used RT Structure Set ROI Sequence
        00700318 SQ 1 Graphic Coordinates Data Sequence
        0070031A UI 1 Fiducial UID
        0070031B UI 1 Referenced Fiducial UID
        0070031C SQ 1 Fiducial Set Sequence
        0070031E SQ 1 Fiducial Sequence
        0070031F SQ 1 Fiducials Property Category Code Sequence
        00700401 US 3 Graphic Layer Recommended Display CIELab Value
        00700402 SQ 1 Blending Sequence
        00700403 FL 1 Relative Opacity
        00700404 SQ 1 Referenced Spatial Registration Sequence
        00700405 CS 1 Blending Position
        00701101 UI 1 Presentation Display Collection UID
        00701102 UI 1 Presentation Sequence Collection UID
        00701103 US 1 Presentation Sequence Position Index
        00701104 SQ 1 Rendered Image Reference Sequence
        00701201 SQ 1 Volumetric Presentation State Input Sequence
        00701202 CS 1 Presentation Input Type
        00701203 US 1 Input Sequence Position Index
        00701204 CS 1 Crop
        00701205 US 1-n Cropping Specification Index
        00701206!CS 1 Compositing Method
        00701207 US 1 Volumetric Presentation Input Number
        00701208 CS 1 Image Volume Geometry
        00701209 UI 1 Volumetric Presentation Input Set UID
        0070120A SQ 1 Volumetric Presentation Input Set Sequence
        0070120B CS 1 Global Crop
        0070120C US 1-n Global Cropping Specification Index
        0070120D CS 1 Rendering Method
        00701301 SQ 1 Volume Cropping Sequence
        00701302 CS 1 Volume Cropping Method
        00701303 FD 6 Bounding Box Crop
        00701304 SQ 1 Oblique Cropping Plane Sequence
        00701305 FD 4 Plane
        00701306 FD 3 Plane Normal
        00701309 US 1 Cropping Specification Number
        00701501 CS 1 Multi-Planar Reconstruction Style
        00701502 CS 1 MPR Thickness Type
        00701503 FD 1 MPR Slab Thickness
        00701505 FD 3 MPR Top Left Hand Corner
        00701507 FD 3 MPR View Width Direction
        00701508 FD 1 MPR View Width
        0070150C UL 1 Number of Volumetric Curve Points
        0070150D OD 1 Volumetric Curve Points
        00701511 FD 3 MPR View Height Direction
        00701512 FD 1 MPR View Height
        00701602 CS 1 Render Projection
        00701603 FD 3 Viewpoint Position
        00701604 FD 3 Viewpoint LookAt Point
        00701605 FD 3 Viewpoint Up Direction
        00701606 FD 6 Render Field of View
        00701607 FD 1 Sampling Step Size
        00701701 CS 1 Shading Style
        00701702 FD 1 Ambient Reflection Intensity
        00701703 FD 3 Light Direction
        00701704 FD 1 Diffuse Reflection Intensity
        00701705 FD 1 Specular Reflection Intensity
        00701706 FD 1 Shininess
        00701801 SQ 1 Presentation State Classification Component Sequence
        00701802 CS 1 Component Type
        00701803 SQ 1 Component Input Sequence
        00701804 US 1 Volumetric Presentation Input Index
        00701805 SQ 1 Presentation State Compositor Component Sequence
        00701806 SQ 1 Weighting Transfer Function Sequence
        00701807!US 3 Weighting Lookup Table Descriptor
        00701808!OB 1 Weighting Lookup Table Data
        00701901 SQ 1 Volumetric Annotation Sequence
        00701903 SQ 1 Referenced Structured Context Sequence
        00701904 UI 1 Referenced Content Item
        00701905 SQ 1 Volumetric Presentation Input Annotation Sequence
        00701907 CS 1 Annotation Clipping
        00701A01 CS 1 Presentation Animation Style
        00701A03 FD 1 Recommended Animation Rate
        00701A04 SQ 1 Animation Curve Sequence
        00701A05 FD 1 Animation Step Size
        00701A06 FD 1 Swivel Range
        00701A07 OD 1 Volumetric Curve Up Directions
        00701A08 SQ 1 Volume Stream Sequence
        00701A09 LO 1 RGBA Transfer Function Description
        00701B01 SQ 1 Advanced Blending Sequence
        00701B02 US 1 Blending Input Number
        00701B03 SQ 1 Blending Display Input Sequence
        00701B04 SQ 1 Blending Display Sequence
        00701B06 CS 1 Blending Mode
        00701B07 CS 1 Time Series Blending
        00701B08 CS 1 Geometry for Display
        00701B11 SQ 1 Threshold Sequence
        00701B12 SQ 1 Threshold Value Sequence
        00701B13 CS 1 Threshold Type
        00701B14 FD 1 Threshold Value
        00720002 SH 1 Hanging Protocol Name
        00720004 LO 1 Hanging Protocol Description
        00720006 CS 1 Hanging Protocol Level
        00720008 LO 1 Hanging Protocol Creator
        0072000A DT 1 Hanging Protocol Creation DateTime
        0072000C SQ 1 Hanging Protocol Definition Sequence
        0072000E SQ 1 Hanging Protocol User Identification Code Sequence
        00720010 LO 1 Hanging Protocol User Group Name
        00720012 SQ 1 Source Hanging Protocol Sequence
        00720014 US 1 Number of Priors Referenced
        00720020 SQ 1 Image Sets Sequence
        00720022 SQ 1 Image Set Selector Sequence
        00720024 CS 1 Image Set Selector Usage Flag
        00720026 AT 1 Selector Attribute
        00720028 US 1 Selector Value Number
        00720030 SQ 1 Time Based Image Sets Sequence
        00720032 US 1 Image Set Number
        00720034 CS 1 Image Set Selector Category
        00720038 US 2 Relative Time
        0072003A CS 1 Relative Time Units
        0072003C SS 2 Abstract Prior Value
        0072003E SQ 1 Abstract Prior Code Sequence
        00720040 LO 1 Image Set Label
        00720050 CS 1 Selector Attribute VR
        00720052 AT 1-n Selector Sequence Pointer
        00720054 LO 1-n Selector Sequence Pointer Private Creator
        00720056 LO 1 Selector Attribute Private Creator
        0072005E AE 1-n Selector AE Value
        0072005F AS 1-n Selector AS Value
        00720060 AT 1-n Selector AT Value
        00720061 DA 1-n Selector DA Value
        00720062 CS 1-n Selector CS Value
        00720063 DT 1-n Selector DT Value
        00720064 IS 1-n Selector IS Value
        00720065 OB 1 Selector OB Value
        00720066 LO 1-n Selector LO Value
        00720067 OF 1 Selector OF Value
        00720068 LT 1 Selector LT Value
        00720069 OW 1 Selector OW Value
        0072006A PN 1-n Selector PN Value
        0072006B TM 1-n Selector TM Value
        0072006C SH 1-n Selector SH Value
        0072006D UN 1 Selector UN Value
        0072006E ST 1 Selector ST Value
        0072006F UC 1-n Selector UC Value
        00720070 UT 1 Selector UT Value
        00720071 UR 1 Selector UR Value
        00720072 DS 1-n Selector DS Value
        00720073 OD 1 Selector OD Value
        00720074 FD 1-n Selector FD Value
        00720075 OL 1 Selector OL Value
        00720076 FL 1-n Selector FL Value
        00720078 UL 1-n Selector UL Value
        0072007A US 1-n Selector US Value
        0072007C SL 1-n Selector SL Value
        0072007E SS 1-n Selector SS Value
        0072007F UI 1-n Selector UI Value
        00720080 SQ 1 Selector Code Sequence Value
        00720081 OV 1 Selector OV Value
        00720082 SV 1-n Selector SV Value
        00720083 UV 1-n Selector UV Value
        00720100 US 1 Number of Screens
        00720102 SQ 1 Nominal Screen Definition Sequence
        00720104 US 1 Number of Vertical Pixels
        00720106 US 1 Number of Horizontal Pixels
        00720108 FD 4 Display Environment Spatial Position
        0072010A US 1 Screen Minimum Grayscale Bit Depth
        0072010C US 1 Screen Minimum Color Bit Depth
        0072010E US 1 Application Maximum Repaint Time
        00720200 SQ 1 Display Sets Sequence
        00720202 US 1 Display Set Number
        00720203 LO 1 Display Set Label
        00720204 US 1 Display Set Presentation Group
        00720206 LO 1 Display Set Presentation Group Description
        00720208 CS 1 Partial Data Display Handling
        00720210 SQ 1 Synchronized Scrolling Sequence
        00720212 US 2-n Display Set Scrolling Group
        00720214 SQ 1 Navigation Indicator Sequence
        00720216 US 1 Navigation Display Set
        00720218 US 1-n Reference Display Sets
        00720300 SQ 1 Image Boxes Sequence
        00720302 US 1 Image Box Number
        00720304 CS 1 Image Box Layout Type
        00720306 US 1 Image Box Tile Horizontal Dimension
        00720308 US 1 Image Box Tile Vertical Dimension
        00720310 CS 1 Image Box Scroll Direction
        00720312 CS 1 Image Box Small Scroll Type
        00720314 US 1 Image Box Small Scroll Amount
        00720316 CS 1 Image Box Large Scroll Type
        00720318 US 1 Image Box Large Scroll Amount
        00720320 US 1 Image Box Overlap Priority
        00720330 FD 1 Cine Relative to Real-Time
        00720400 SQ 1 Filter Operations Sequence
        00720402 CS 1 Filter-by Category
        00720404 CS 1 Filter-by Attribute Presence
        00720406 CS 1 Filter-by Operator
        00720420 US 3 Structured Display Background CIELab Value
        00720421 US 3 Empty Image Box CIELab Value
        00720422 SQ 1 Structured Display Image Box Sequence
        00720424 SQ 1 Structured Display Text Box Sequence
        00720427 SQ 1 Referenced First Frame Sequence
        00720430 SQ 1 Image Box Synchronization Sequence
        00720432 US 2-n Synchronized Image Box List
        00720434 CS 1 Type of Synchronization
        00720500 CS 1 Blending Operation Type
        00720510 CS 1 Reformatting Operation Type
        00720512 FD 1 Reformatting Thickness
        00720514 FD 1 Reformatting Interval
        00720516 CS 1 Reformatting Operation Initial View Direction
        00720520 CS 1-n 3D Rendering Type=ThreeDRenderingType
        00720600 SQ 1 Sorting Operations Sequence
        00720602 CS 1 Sort-by Category
        00720604 CS 1 Sorting Direction
        00720700 CS 2 Display Set Patient Orientation
        00720702 CS 1 VOI Type
        00720704 CS 1 Pseudo-Color Type
        00720705 SQ 1 Pseudo-Color Palette Instance Reference Sequence
        00720706 CS 1 Show Grayscale Inverted
        00720710 CS 1 Show Image True Size Flag
        00720712 CS 1 Show Graphic Annotation Flag
        00720714 CS 1 Show Patient Demographics Flag
        00720716 CS 1 Show Acquisition Techniques Flag
        00720717 CS 1 Display Set Horizontal Justification
        00720718 CS 1 Display Set Vertical Justification
        00740120 FD 1 Continuation Start Meterset
        00740121 FD 1 Continuation End Meterset
        00741000 CS 1 Procedure Step State
        00741002 SQ 1 Procedure Step Progress Information Sequence
        00741004 DS 1 Procedure Step Progress
        00741006 ST 1 Procedure Step Progress Description
        00741007 SQ 1 Procedure Step Progress Parameters Sequence
        00741008 SQ 1 Procedure Step Communications URI Sequence
        0074100A UR 1 Contact URI
        0074100C LO 1 Contact Display Name
        0074100E SQ 1 Procedure Step Discontinuation Reason Code Sequence
        00741020 SQ 1 Beam Task Sequence
        00741022 CS 1 Beam Task Type
        00741024!IS 1 Beam Order Index (Trial)
        00741025 CS 1 Autosequence Flag
        00741026 FD 1 Table Top Vertical Adjusted Position
        00741027 FD 1 Table Top Longitudinal Adjusted Position
        00741028 FD 1 Table Top Lateral Adjusted Position
        0074102A FD 1 Patient Support Adjusted Angle
        0074102B FD 1 Table Top Eccentric Adjusted Angle
        0074102C FD 1 Table Top Pitch Adjusted Angle
        0074102D FD 1 Table Top Roll Adjusted Angle
        00741030 SQ 1 Delivery Verification Image Sequence
        00741032 CS 1 Verification Image Timing
        00741034 CS 1 Double Exposure Flag
        00741036 CS 1 Double Exposure Ordering
        00741038!DS 1 Double Exposure Meterset (Trial)
        0074103A!DS 4 Double Exposure Field Delta (Trial)
        00741040 SQ 1 Related Reference RT Image Sequence
        00741042 SQ 1 General Machine Verification Sequence
        00741044 SQ 1 Conventional Machine Verification Sequence
        00741046 SQ 1 Ion Machine Verification Sequence
        00741048 SQ 1 Failed Attributes Sequence
        0074104A SQ 1 Overridden Attributes Sequence
        0074104C SQ 1 Conventional Control Point Verification Sequence
        0074104E SQ 1 Ion Control Point Verification Sequence
        00741050 SQ 1 Attribute Occurrence Sequence
        00741052 AT 1 Attribute Occurrence Pointer
        00741054 UL 1 Attribute Item Selector
        00741056 LO 1 Attribute Occurrence Private Creator
        00741057 IS 1-n Selector Sequence Pointer Items
        00741200 CS 1 Scheduled Procedure Step Priority
        00741202 LO 1 Worklist Label
        00741204 LO 1 Procedure Step Label
        00741210 SQ 1 Scheduled Processing Parameters Sequence
        00741212 SQ 1 Performed Processing Parameters Sequence
        00741216 SQ 1 Unified Procedure Step Performed Procedure Sequence
        00741220!SQ 1 Related Procedure Step Sequence
        00741222!LO 1 Procedure Step Relationship Type
        00741224 SQ 1 Replaced Procedure Step Sequence
        00741230 LO 1 Deletion Lock
        00741234 AE 1 Receiving AE
        00741236 AE 1 Requesting AE
        00741238 LT 1 Reason for Cancellation
        00741242 CS 1 SCP Status
        00741244 CS 1 Subscription List Status
        00741246 CS 1 Unified Procedure Step List Status
        00741324 UL 1 Beam Order Index
        00741338 FD 1 Double Exposure Meterset
        0074133A FD 4 Double Exposure Field Delta
        00741401 SQ 1 Brachy Task Sequence
        00741402 DS 1 Continuation Start Total Reference Air Kerma
        00741403 DS 1 Continuation End Total Reference Air Kerma
        00741404 IS 1 Continuation Pulse Number
        00741405 SQ 1 Channel Delivery Order Sequence
        00741406 IS 1 Referenced Channel Number
        00741407 DS 1 Start Cumulative Time Weight
        00741408 DS 1 End Cumulative Time Weight
        00741409 SQ 1 Omitted Channel Sequence
        0074140A CS 1 Reason for Channel Omission
        0074140B LO 1 Reason for Channel Omission Description
        0074140C IS 1 Channel Delivery Order Index
        0074140D SQ 1 Channel Delivery Continuation Sequence
        0074140E SQ 1 Omitted Application Setup Sequence
        00760001 LO 1 Implant Assembly Template Name
        00760003 LO 1 Implant Assembly Template Issuer
        00760006 LO 1 Implant Assembly Template Version
        00760008 SQ 1 Replaced Implant Assembly Template Sequence
        0076000A CS 1 Implant Assembly Template Type
        0076000C SQ 1 Original Implant Assembly Template Sequence
        0076000E SQ 1 Derivation Implant Assembly Template Sequence
        00760010 SQ 1 Implant Assembly Template Target Anatomy Sequence
        00760020 SQ 1 Procedure Type Code Sequence
        00760030 LO 1 Surgical Technique
        00760032 SQ 1 Component Types Sequence
        00760034 SQ 1 Component Type Code Sequence
        00760036 CS 1 Exclusive Component Type
        00760038 CS 1 Mandatory Component Type
        00760040 SQ 1 Component Sequence
        00760055 US 1 Component ID
        00760060 SQ 1 Component Assembly Sequence
        00760070 US 1 Component 1 Referenced ID
        00760080 US 1 Component 1 Referenced Mating Feature Set ID
        00760090 US 1 Component 1 Referenced Mating Feature ID
        007600A0 US 1 Component 2 Referenced ID
        007600B0 US 1 Component 2 Referenced Mating Feature Set ID
        007600C0 US 1 Component 2 Referenced Mating Feature ID
        00780001 LO 1 Implant Template Group Name
        00780010 ST 1 Implant Template Group Description
        00780020 LO 1 Implant Template Group Issuer
        00780024 LO 1 Implant Template Group Version
        00780026 SQ 1 Replaced Implant Template Group Sequence
        00780028 SQ 1 Implant Template Group Target Anatomy Sequence
        0078002A SQ 1 Implant Template Group Members Sequence
        0078002E US 1 Implant Template Group Member ID
        00780050 FD 3 3D Implant Template Group Member Matching Point=ThreeDImplantTemplateGroupMemberMatchingPoint
        00780060 FD 9 3D Implant Template Group Member Matching Axes=ThreeDImplantTemplateGroupMemberMatchingAxes
        00780070 SQ 1 Implant Template Group Member Matching 2D Coordinates Sequence
        00780090 FD 2 2D Implant Template Group Member Matching Point=TwoDImplantTemplateGroupMemberMatchingPoint
        007800A0 FD 4 2D Implant Template Group Member Matching Axes=TwoDImplantTemplateGroupMemberMatchingAxes
        007800B0 SQ 1 Implant Template Group Variation Dimension Sequence
        007800B2 LO 1 Implant Template Group Variation Dimension Name
        007800B4 SQ 1 Implant Template Group Variation Dimension Rank Sequence
        007800B6 US 1 Referenced Implant Template Group Member ID
        007800B8 US 1 Implant Template Group Variation Dimension Rank
        00800001 SQ 1 Surface Scan Acquisition Type Code Sequence
        00800002 SQ 1 Surface Scan Mode Code Sequence
        00800003 SQ 1 Registration Method Code Sequence
        00800004 FD 1 Shot Duration Time
        00800005 FD 1 Shot Offset Time
        00800006 US 1-n Surface Point Presentation Value Data
        00800007 US 3-3n Surface Point Color CIELab Value Data
        00800008 SQ 1 UV Mapping Sequence
        00800009 SH 1 Texture Label
        00800010 OF 1 U Value Data
        00800011 OF 1 V Value Data
        00800012 SQ 1 Referenced Texture Sequence
        00800013 SQ 1 Referenced Surface Data Sequence
        00820001 CS 1 Assessment Summary
        00820003 UT 1 Assessment Summary Description
        00820004 SQ 1 Assessed SOP Instance Sequence
        00820005 SQ 1 Referenced Comparison SOP Instance Sequence
        00820006 UL 1 Number of Assessment Observations
        00820007 SQ 1 Assessment Observations Sequence
        00820008 CS 1 Observation Significance
        0082000A UT 1 Observation Description
        0082000C SQ 1 Structured Constraint Observation Sequence
        00820010 SQ 1 Assessed Attribute Value Sequence
        00820016 LO 1 Assessment Set ID
        00820017 SQ 1 Assessment Requester Sequence
        00820018 LO 1 Selector Attribute Name
        00820019 LO 1 Selector Attribute Keyword
        00820021 SQ 1 Assessment Type Code Sequence
        00820022 SQ 1 Observation Basis Code Sequence
        00820023 LO 1 Assessment Label
        00820032 CS 1 Constraint Type
        00820033 UT 1 Specification Selection Guidance
        00820034 SQ 1 Constraint Value Sequence
        00820035 SQ 1 Recommended Default Value Sequence
        00820036 CS 1 Constraint Violation Significance
        00820037 UT 1 Constraint Violation Condition
        00820038 CS 1 Modifiable Constraint Flag
        00880130 SH 1 Storage Media File-set ID
        00880140 UI 1 Storage Media File-set UID
        00880200 SQ 1 Icon Image Sequence
        00880904!LO 1 Topic Title
        00880906!ST 1 Topic Subject
        00880910!LO 1 Topic Author
        00880912!LO 1-32 Topic Keywords
        01000410 CS 1 SOP Instance Status
        01000420 DT 1 SOP Authorization DateTime
        01000424 LT 1 SOP Authorization Comment
        01000426 LO 1 Authorization Equipment Certification Number
        04000005 US 1 MAC ID Number
        04000010 UI 1 MAC Calculation Transfer Syntax UID
        04000015 CS 1 MAC Algorithm
        04000020 AT 1-n Data Elements Signed
        04000100 UI 1 Digital Signature UID
        04000105 DT 1 Digital Signature DateTime
        04000110 CS 1 Certificate Type
        04000115 OB 1 Certificate of Signer
        04000120 OB 1 Signature
        04000305 CS 1 Certified Timestamp Type
        04000310 OB 1 Certified Timestamp
        04000315!FL 1
        04000401 SQ 1 Digital Signature Purpose Code Sequence
        04000402 SQ 1 Referenced Digital Signature Sequence
        04000403 SQ 1 Referenced SOP Instance MAC Sequence
        04000404 OB 1 MAC
        04000500 SQ 1 Encrypted Attributes Sequence
        04000510 UI 1 Encrypted Content Transfer Syntax UID
        04000520 OB 1 Encrypted Content
        04000550 SQ 1 Modified Attributes Sequence
        04000551 SQ 1 Nonconforming Modified Attributes Sequence
        04000552 OB 1 Nonconforming Data Element Value
        04000561 SQ 1 Original Attributes Sequence
        04000562 DT 1 Attribute Modification DateTime
        04000563 LO 1 Modifying System
        04000564 LO 1 Source of Previous Values
        04000565 CS 1 Reason for the Attribute Modification
        04000600 CS 1 Instance Origin Status
        1000xxx0!US 3 Escape Triplet
        1000xxx1!US 3 Run Length Triplet
        1000xxx2!US 1 Huffman Table Size
        1000xxx3!US 3 Huffman Table Triplet
        1000xxx4!US 1 Shift Table Size
        1000xxx5!US 3 Shift Table Triplet
        1010xxxx!US 1-n Zonal Map
        20000010 IS 1 Number of Copies
        2000001E SQ 1 Printer Configuration Sequence
        20000020 CS 1 Print Priority
        20000030 CS 1 Medium Type
        20000040 CS 1 Film Destination
        20000050 LO 1 Film Session Label
        20000060 IS 1 Memory Allocation
        20000061 IS 1 Maximum Memory Allocation
        20000062!CS 1 Color Image Printing Flag
        20000063!CS 1 Collation Flag
        20000065!CS 1 Annotation Flag
        20000067!CS 1 Image Overlay Flag
        20000069!CS 1 Presentation LUT Flag
        2000006A!CS 1 Image Box Presentation LUT Flag
        200000A0 US 1 Memory Bit Depth
        200000A1 US 1 Printing Bit Depth
        200000A2 SQ 1 Media Installed Sequence
        200000A4 SQ 1 Other Media Available Sequence
        200000A8 SQ 1 Supported Image Display Formats Sequence
        20000500 SQ 1 Referenced Film Box Sequence
        20000510!SQ 1 Referenced Stored Print Sequence
        20100010 ST 1 Image Display Format
        20100030 CS 1 Annotation Display Format ID
        20100040 CS 1 Film Orientation
        20100050 CS 1 Film Size ID
        20100052 CS 1 Printer Resolution ID
        20100054 CS 1 Default Printer Resolution ID
        20100060 CS 1 Magnification Type
        20100080 CS 1 Smoothing Type
        201000A6 CS 1 Default Magnification Type
        201000A7 CS 1-n Other Magnification Types Available
        201000A8 CS 1 Default Smoothing Type
        201000A9 CS 1-n Other Smoothing Types Available
        20100100 CS 1 Border Density
        20100110 CS 1 Empty Image Density
        20100120 US 1 Min Density
        20100130 US 1 Max Density
        20100140 CS 1 Trim
        20100150 ST 1 Configuration Information
        20100152 LT 1 Configuration Information Description
        20100154 IS 1 Maximum Collated Films
        2010015E US 1 Illumination
        20100160 US 1 Reflected Ambient Light
        20100376 DS 2 Printer Pixel Spacing
        20100500 SQ 1 Referenced Film Session Sequence
        20100510 SQ 1 Referenced Image Box Sequence
        20100520 SQ 1 Referenced Basic Annotation Box Sequence
        20200010 US 1 Image Box Position
        20200020 CS 1 Polarity
        20200030 DS 1 Requested Image Size
        20200040 CS 1 Requested Decimate/Crop Behavior
        20200050 CS 1 Requested Resolution ID
        202000A0 CS 1 Requested Image Size Flag
        202000A2 CS 1 Decimate/Crop Result
        20200110 SQ 1 Basic Grayscale Image Sequence
        20200111 SQ 1 Basic Color Image Sequence
        20200130!SQ 1 Referenced Image Overlay Box Sequence
        20200140!SQ 1 Referenced VOI LUT Box Sequence
        20300010 US 1 Annotation Position
        20300020 LO 1 Text String
        20400010!SQ 1 Referenced Overlay Plane Sequence
        20400011!US 1-99 Referenced Overlay Plane Groups
        20400020!SQ 1 Overlay Pixel Data Sequence
        20400060!CS 1 Overlay Magnification Type
        20400070!CS 1 Overlay Smoothing Type
        20400072!CS 1 Overlay or Image Magnification
        20400074!US 1 Magnify to Number of Columns
        20400080!CS 1 Overlay Foreground Density
        20400082!CS 1 Overlay Background Density
        20400090!CS 1 Overlay Mode
        20400100!CS 1 Threshold Density
        20400500!SQ 1 Referenced Image Box Sequence (Retired)
        20500010 SQ 1 Presentation LUT Sequence
        20500020 CS 1 Presentation LUT Shape
        20500500 SQ 1 Referenced Presentation LUT Sequence
        21000010!SH 1 Print Job ID
        21000020 CS 1 Execution Status
        21000030 CS 1 Execution Status Info
        21000040 DA 1 Creation Date
        21000050 TM 1 Creation Time
        21000070 AE 1 Originator
        21000140 AE 1 Destination AE
        21000160 SH 1 Owner ID
        21000170 IS 1 Number of Films
        21000500!SQ 1 Referenced Print Job Sequence (Pull Stored Print)
        21100010 CS 1 Printer Status
        21100020 CS 1 Printer Status Info
        21100030 LO 1 Printer Name
        21100099!SH 1 Print Queue ID
        21200010!CS 1 Queue Status
        21200050!SQ 1 Print Job Description Sequence
        21200070!SQ 1 Referenced Print Job Sequence
        21300010!SQ 1 Print Management Capabilities Sequence
        21300015!SQ 1 Printer Characteristics Sequence
        21300030!SQ 1 Film Box Content Sequence
        21300040!SQ 1 Image Box Content Sequence
        21300050!SQ 1 Annotation Content Sequence
        21300060!SQ 1 Image Overlay Box Content Sequence
        21300080!SQ 1 Presentation LUT Content Sequence
        213000A0 SQ 1 Proposed Study Sequence
        213000C0 SQ 1 Original Image Sequence
        22000001 CS 1 Label Using Information Extracted From Instances
        22000002 UT 1 Label Text
        22000003 CS 1 Label Style Selection
        22000004 LT 1 Media Disposition
        22000005 LT 1 Barcode Value
        22000006 CS 1 Barcode Symbology
        22000007 CS 1 Allow Media Splitting
        22000008 CS 1 Include Non-DICOM Objects
        22000009 CS 1 Include Display Application
        2200000A CS 1 Preserve Composite Instances After Media Creation
        2200000B US 1 Total Number of Pieces of Media Created
        2200000C LO 1 Requested Media Application Profile
        2200000D SQ 1 Referenced Storage Media Sequence
        2200000E AT 1-n Failure Attributes
        2200000F CS 1 Allow Lossy Compression
        22000020 CS 1 Request Priority
        30020002 SH 1 RT Image Label
        30020003 LO 1 RT Image Name
        30020004 ST 1 RT Image Description
        3002000A CS 1 Reported Values Origin
        3002000C CS 1 RT Image Plane
        3002000D DS 3 X-Ray Image Receptor Translation
        3002000E DS 1 X-Ray Image Receptor Angle
        30020010 DS 6 RT Image Orientation
        30020011 DS 2 Image Plane Pixel Spacing
        30020012 DS 2 RT Image Position
        30020020 SH 1 Radiation Machine Name
        30020022 DS 1 Radiation Machine SAD
        30020024 DS 1 Radiation Machine SSD
        30020026 DS 1 RT Image SID
        30020028 DS 1 Source to Reference Object Distance
        30020029 IS 1 Fraction Number
        30020030 SQ 1 Exposure Sequence
        30020032 DS 1 Meterset Exposure
        30020034 DS 4 Diaphragm Position
        30020040 SQ 1 Fluence Map Sequence
        30020041 CS 1 Fluence Data Source
        30020042 DS 1 Fluence Data Scale
        30020050 SQ 1 Primary Fluence Mode Sequence
        30020051 CS 1 Fluence Mode
        30020052 SH 1 Fluence Mode ID
        30020100 IS 1 Selected Frame Number
        30020101 SQ 1 Selected Frame Functional Groups Sequence
        30020102 SQ 1 RT Image Frame General Content Sequence
        30020103 SQ 1 RT Image Frame Context Sequence
        30020104 SQ 1 RT Image Scope Sequence
        30020105 CS 1 Beam Modifier Coordinates Presence Flag
        30020106 FD 1 Start Cumulative Meterset
        30020107 FD 1 Stop Cumulative Meterset
        30020108 SQ 1 RT Acquisition Patient Position Sequence
        30020109 SQ 1 RT Image Frame Imaging Device Position Sequence
        3002010A SQ 1 RT Image Frame kV Radiation Acquisition Sequence=RTImageFramekVRadiationAcquisitionSequence
        3002010B SQ 1 RT Image Frame MV Radiation Acquisition Sequence
        3002010C SQ 1 RT Image Frame Radiation Acquisition Sequence
        3002010D SQ 1 Imaging Source Position Sequence
        3002010E SQ 1 Image Receptor Position Sequence
        3002010F FD 16 Device Position to Equipment Mapping Matrix
        30020110 SQ 1 Device Position Parameter Sequence
        30020111 CS 1 Imaging Source Location Specification Type
        30020112 SQ 1 Imaging Device Location Matrix Sequence
        30020113 SQ 1 Imaging Device Location Parameter Sequence
        30020114 SQ 1 Imaging Aperture Sequence
        30020115 CS 1 Imaging Aperture Specification Type
        30020116 US 1 Number of Acquisition Devices
        30020117 SQ 1 Acquisition Device Sequence
        30020118 SQ 1 Acquisition Task Sequence
        30020119 SQ 1 Acquisition Task Workitem Code Sequence
        3002011A SQ 1 Acquisition Subtask Sequence
        3002011B SQ 1 Subtask Workitem Code Sequence
        3002011C US 1 Acquisition Task Index
        3002011D US 1 Acquisition Subtask Index
        3002011E SQ 1 Referenced Baseline Parameters RT Radiation Instance Sequence
        3002011F SQ 1 Position Acquisition Template Identification Sequence
        30020120 ST 1 Position Acquisition Template ID
        30020121 LO 1 Position Acquisition Template Name
        30020122 SQ 1 Position Acquisition Template Code Sequence
        30020123 LT 1 Position Acquisition Template Description
        30020124 SQ 1 Acquisition Task Applicability Sequence
        30020125 SQ 1 Projection Imaging Acquisition Parameter Sequence
        30020126 SQ 1 CT Imaging Acquisition Parameter Sequence
        30020127 SQ 1 KV Imaging Generation Parameters Sequence
        30020128 SQ 1 MV Imaging Generation Parameters Sequence
        30020129 CS 1 Acquisition Signal Type
        3002012A CS 1 Acquisition Method
        3002012B SQ 1 Scan Start Position Sequence
        3002012C SQ 1 Scan Stop Position Sequence
        3002012D FD 1 Imaging Source to Beam Modifier Definition Plane Distance
        3002012E CS 1 Scan Arc Type
        3002012F CS 1 Detector Positioning Type
        30020130 SQ 1 Additional RT Accessory Device Sequence
        30020131 SQ 1 Device-Specific Acquisition Parameter Sequence
        30020132 SQ 1 Referenced Position Reference Instance Sequence
        30020133 SQ 1 Energy Derivation Code Sequence
        30020134 FD 1 Maximum Cumulative Meterset Exposure
        30020135 SQ 1 Acquisition Initiation Sequence
        30040001 CS 1 DVH Type
        30040002 CS 1 Dose Units
        30040004 CS 1 Dose Type
        30040005 CS 1 Spatial Transform of Dose
        30040006 LO 1 Dose Comment
        30040008 DS 3 Normalization Point
        3004000A CS 1 Dose Summation Type
        3004000C DS 2-n Grid Frame Offset Vector
        3004000E DS 1 Dose Grid Scaling
        30040010!SQ 1 RT Dose ROI Sequence
        30040012!DS 1 Dose Value
        30040014 CS 1-3 Tissue Heterogeneity Correction
        30040040 DS 3 DVH Normalization Point
        30040042 DS 1 DVH Normalization Dose Value
        30040050 SQ 1 DVH Sequence
        30040052 DS 1 DVH Dose Scaling
        30040054 CS 1 DVH Volume Units
        30040056 IS 1 DVH Number of Bins
        30040058 DS 2-2n DVH Data
        30040060 SQ 1 DVH Referenced ROI Sequence
        30040062 CS 1 DVH ROI Contribution Type
        30040070 DS 1 DVH Minimum Dose
        30040072 DS 1 DVH Maximum Dose
        30040074 DS 1 DVH Mean Dose
        30060002 SH 1 Structure Set Label
        30060004 LO 1 Structure Set Name
        30060006 ST 1 Structure Set Description
        30060008 DA 1 Structure Set Date
        30060009 TM 1 Structure Set Time
        30060010 SQ 1 Referenced Frame of Reference Sequence
        30060012 SQ 1 RT Referenced Study Sequence
        30060014 SQ 1 RT Referenced Series Sequence
        30060016 SQ 1 Contour Image Sequence
        30060018 SQ 1 Predecessor Structure Set Sequence
        30060020 SQ 1 Structure Set ROI Sequence
        30060022 IS 1 ROI Number
        30060024 UI 1 Referenced Frame of Reference UID
        30060026 LO 1 ROI Name
        30060028 ST 1 ROI Description
        3006002A IS 3 ROI Display Color
        3006002C DS 1 ROI Volume
        3006002D DT 1 ROI DateTime
        3006002E DT 1 ROI Observation DateTime
        30060030 SQ 1 RT Related ROI Sequence
        30060033 CS 1 RT ROI Relationship
        30060036 CS 1 ROI Generation Algorithm
        30060037 SQ 1 ROI Derivation Algorithm Identification Sequence
        30060038 LO 1 ROI Generation Description
        30060039 SQ 1 ROI Contour Sequence
        30060040 SQ 1 Contour Sequence
        30060042 CS 1 Contour Geometric Type
        30060044!DS 1 Contour Slab Thickness
        30060045!DS 3 Contour Offset Vector
        30060046 IS 1 Number of Contour Points
        30060048 IS 1 Contour Number
        30060049!IS 1-n Attached Contours
        3006004A SQ 1 Source Pixel Planes Characteristics Sequence
        3006004B SQ 1 Source Series Sequence
        3006004C SQ 1 Source Series Information Sequence
        3006004D SQ 1 ROI Creator Sequence
        3006004E SQ 1 ROI Interpreter Sequence
        3006004F SQ 1 ROI Observation Context Code Sequence
        30060050 DS 3-3n Contour Data
        30060080 SQ 1 RT ROI Observations Sequence
        30060082 IS 1 Observation Number
        30060084 IS 1 Referenced ROI Number
        30060085!SH 1 ROI Observation Label
        30060086 SQ 1 RT ROI Identification Code Sequence
        30060088!ST 1 ROI Observation Description
        300600A0 SQ 1 Related RT ROI Observations Sequence
        300600A4 CS 1 RT ROI Interpreted Type
        300600A6 PN 1 ROI Interpreter
        300600B0 SQ 1 ROI Physical Properties Sequence
        300600B2 CS 1 ROI Physical Property
        300600B4 DS 1 ROI Physical Property Value
        300600B6 SQ 1 ROI Elemental Composition Sequence
        300600B7 US 1 ROI Elemental Composition Atomic Number
        300600B8 FL 1 ROI Elemental Composition Atomic Mass Fraction
        300600B9!SQ 1 Additional RT ROI Identification Code Sequence
        300600C0!SQ 1 Frame of Reference Relationship Sequence
        300600C2!UI 1 Related Frame of Reference UID
        300600C4!CS 1 Frame of Reference Transformation Type
        300600C6 DS 16 Frame of Reference Transformation Matrix
        300600C8 LO 1 Frame of Reference Transformation Comment
        300600C9 SQ 1 Patient Location Coordinates Sequence
        300600CA SQ 1 Patient Location Coordinates Code Sequence
        300600CB SQ 1 Patient Support Position Sequence
        30080010 SQ 1 Measured Dose Reference Sequence
        30080012 ST 1 Measured Dose Description
        30080014 CS 1 Measured Dose Type
        30080016 DS 1 Measured Dose Value
        30080020 SQ 1 Treatment Session Beam Sequence
        30080021 SQ 1 Treatment Session Ion Beam Sequence
        30080022 IS 1 Current Fraction Number
        30080024 DA 1 Treatment Control Point Date
        30080025 TM 1 Treatment Control Point Time
        3008002A CS 1 Treatment Termination Status
        3008002B!SH 1 Treatment Termination Code
        3008002C CS 1 Treatment Verification Status
        30080030 SQ 1 Referenced Treatment Record Sequence
        30080032 DS 1 Specified Primary Meterset
        30080033 DS 1 Specified Secondary Meterset
        30080036 DS 1 Delivered Primary Meterset
        30080037 DS 1 Delivered Secondary Meterset
        3008003A DS 1 Specified Treatment Time
        3008003B DS 1 Delivered Treatment Time
        30080040 SQ 1 Control Point Delivery Sequence
        30080041 SQ 1 Ion Control Point Delivery Sequence
        30080042 DS 1 Specified Meterset
        30080044 DS 1 Delivered Meterset
        30080045 FL 1 Meterset Rate Set
        30080046 FL 1 Meterset Rate Delivered
        30080047 FL 1-n Scan Spot Metersets Delivered
        30080048 DS 1 Dose Rate Delivered
        30080050 SQ 1 Treatment Summary Calculated Dose Reference Sequence
        30080052 DS 1 Cumulative Dose to Dose Reference
        30080054 DA 1 First Treatment Date
        30080056 DA 1 Most Recent Treatment Date
        3008005A IS 1 Number of Fractions Delivered
        30080060 SQ 1 Override Sequence
        30080061 AT 1 Parameter Sequence Pointer
        30080062 AT 1 Override Parameter Pointer
        30080063 IS 1 Parameter Item Index
        30080064 IS 1 Measured Dose Reference Number
        30080065 AT 1 Parameter Pointer
        30080066 ST 1 Override Reason
        30080067 US 1 Parameter Value Number
        30080068 SQ 1 Corrected Parameter Sequence
        3008006A FL 1 Correction Value
        30080070 SQ 1 Calculated Dose Reference Sequence
        30080072 IS 1 Calculated Dose Reference Number
        30080074 ST 1 Calculated Dose Reference Description
        30080076 DS 1 Calculated Dose Reference Dose Value
        30080078 DS 1 Start Meterset
        3008007A DS 1 End Meterset
        30080080 SQ 1 Referenced Measured Dose Reference Sequence
        30080082 IS 1 Referenced Measured Dose Reference Number
        30080090 SQ 1 Referenced Calculated Dose Reference Sequence
        30080092 IS 1 Referenced Calculated Dose Reference Number
        300800A0 SQ 1 Beam Limiting Device Leaf Pairs Sequence
        300800A1 SQ 1 Enhanced RT Beam Limiting Device Sequence
        300800A2 SQ 1 Enhanced RT Beam Limiting Opening Sequence
        300800A3 CS 1 Enhanced RT Beam Limiting Device Definition Flag
        300800A4 FD 2-2n Parallel RT Beam Delimiter Opening Extents
        300800B0 SQ 1 Recorded Wedge Sequence
        300800C0 SQ 1 Recorded Compensator Sequence
        300800D0 SQ 1 Recorded Block Sequence
        300800D1 SQ 1 Recorded Block Slab Sequence
        300800E0 SQ 1 Treatment Summary Measured Dose Reference Sequence
        300800F0 SQ 1 Recorded Snout Sequence
        300800F2 SQ 1 Recorded Range Shifter Sequence
        300800F4 SQ 1 Recorded Lateral Spreading Device Sequence
        300800F6 SQ 1 Recorded Range Modulator Sequence
        30080100 SQ 1 Recorded Source Sequence
        30080105 LO 1 Source Serial Number
        30080110 SQ 1 Treatment Session Application Setup Sequence
        30080116 CS 1 Application Setup Check
        30080120 SQ 1 Recorded Brachy Accessory Device Sequence
        30080122 IS 1 Referenced Brachy Accessory Device Number
        30080130 SQ 1 Recorded Channel Sequence
        30080132 DS 1 Specified Channel Total Time
        30080134 DS 1 Delivered Channel Total Time
        30080136 IS 1 Specified Number of Pulses
        30080138 IS 1 Delivered Number of Pulses
        3008013A DS 1 Specified Pulse Repetition Interval
        3008013C DS 1 Delivered Pulse Repetition Interval
        30080140 SQ 1 Recorded Source Applicator Sequence
        30080142 IS 1 Referenced Source Applicator Number
        30080150 SQ 1 Recorded Channel Shield Sequence
        30080152 IS 1 Referenced Channel Shield Number
        30080160 SQ 1 Brachy Control Point Delivered Sequence
        30080162 DA 1 Safe Position Exit Date
        30080164 TM 1 Safe Position Exit Time
        30080166 DA 1 Safe Position Return Date
        30080168 TM 1 Safe Position Return Time
        30080171 SQ 1 Pulse Specific Brachy Control Point Delivered Sequence
        30080172 US 1 Pulse Number
        30080173 SQ 1 Brachy Pulse Control Point Delivered Sequence
        30080200 CS 1 Current Treatment Status
        30080202 ST 1 Treatment Status Comment
        30080220 SQ 1 Fraction Group Summary Sequence
        30080223 IS 1 Referenced Fraction Number
        30080224 CS 1 Fraction Group Type
        30080230 CS 1 Beam Stopper Position
        30080240 SQ 1 Fraction Status Summary Sequence
        30080250 DA 1 Treatment Date
        30080251 TM 1 Treatment Time
        300A0002 SH 1 RT Plan Label
        300A0003 LO 1 RT Plan Name
        300A0004 ST 1 RT Plan Description
        300A0006 DA 1 RT Plan Date
        300A0007 TM 1 RT Plan Time
        300A0009 LO 1-n Treatment Protocols
        300A000A CS 1 Plan Intent
        300A000B!LO 1-n Treatment Sites
        300A000C CS 1 RT Plan Geometry
        300A000E ST 1 Prescription Description
        300A0010 SQ 1 Dose Reference Sequence
        300A0012 IS 1 Dose Reference Number
        300A0013 UI 1 Dose Reference UID
        300A0014 CS 1 Dose Reference Structure Type
        300A0015 CS 1 Nominal Beam Energy Unit
        300A0016 LO 1 Dose Reference Description
        300A0018 DS 3 Dose Reference Point Coordinates
        300A001A DS 1 Nominal Prior Dose
        300A0020 CS 1 Dose Reference Type
        300A0021 DS 1 Constraint Weight
        300A0022 DS 1 Delivery Warning Dose
        300A0023 DS 1 Delivery Maximum Dose
        300A0025 DS 1 Target Minimum Dose
        300A0026 DS 1 Target Prescription Dose
        300A0027 DS 1 Target Maximum Dose
        300A0028 DS 1 Target Underdose Volume Fraction
        300A002A DS 1 Organ at Risk Full-volume Dose
        300A002B DS 1 Organ at Risk Limit Dose
        300A002C DS 1 Organ at Risk Maximum Dose
        300A002D DS 1 Organ at Risk Overdose Volume Fraction
        300A0040 SQ 1 Tolerance Table Sequence
        300A0042 IS 1 Tolerance Table Number
        300A0043 SH 1 Tolerance Table Label
        300A0044 DS 1 Gantry Angle Tolerance
        300A0046 DS 1 Beam Limiting Device Angle Tolerance
        300A0048 SQ 1 Beam Limiting Device Tolerance Sequence
        300A004A DS 1 Beam Limiting Device Position Tolerance
        300A004B FL 1 Snout Position Tolerance
        300A004C DS 1 Patient Support Angle Tolerance
        300A004E DS 1 Table Top Eccentric Angle Tolerance
        300A004F FL 1 Table Top Pitch Angle Tolerance
        300A0050 FL 1 Table Top Roll Angle Tolerance
        300A0051 DS 1 Table Top Vertical Position Tolerance
        300A0052 DS 1 Table Top Longitudinal Position Tolerance
        300A0053 DS 1 Table Top Lateral Position Tolerance
        300A0055 CS 1 RT Plan Relationship
        300A0070 SQ 1 Fraction Group Sequence
        300A0071 IS 1 Fraction Group Number
        300A0072 LO 1 Fraction Group Description
        300A0078 IS 1 Number of Fractions Planned
        300A0079 IS 1 Number of Fraction Pattern Digits Per Day
        300A007A IS 1 Repeat Fraction Cycle Length
        300A007B LT 1 Fraction Pattern
        300A0080 IS 1 Number of Beams
        300A0082!DS 3 Beam Dose Specification Point
        300A0083 UI 1 Referenced Dose Reference UID
        300A0084 DS 1 Beam Dose
        300A0086 DS 1 Beam Meterset
        300A0088 FL 1 Beam Dose Point Depth
        300A0089 FL 1 Beam Dose Point Equivalent Depth
        300A008A FL 1 Beam Dose Point SSD
        300A008B CS 1 Beam Dose Meaning
        300A008C SQ 1 Beam Dose Verification Control Point Sequence
        300A008D!FL 1 Average Beam Dose Point Depth
        300A008E!FL 1 Average Beam Dose Point Equivalent Depth
        300A008F!FL 1 Average Beam Dose Point SSD
        300A0090 CS 1 Beam Dose Type
        300A0091 DS 1 Alternate Beam Dose
        300A0092 CS 1 Alternate Beam Dose Type
        300A0093 CS 1 Depth Value Averaging Flag
        300A0094 DS 1 Beam Dose Point Source to External Contour Distance
        300A00A0 IS 1 Number of Brachy Application Setups
        300A00A2 DS 3 Brachy Application Setup Dose Specification Point
        300A00A4 DS 1 Brachy Application Setup Dose
        300A00B0 SQ 1 Beam Sequence
        300A00B2 SH 1 Treatment Machine Name
        300A00B3 CS 1 Primary Dosimeter Unit
        300A00B4 DS 1 Source-Axis Distance
        300A00B6 SQ 1 Beam Limiting Device Sequence
        300A00B8 CS 1 RT Beam Limiting Device Type
        300A00BA DS 1 Source to Beam Limiting Device Distance
        300A00BB FL 1 Isocenter to Beam Limiting Device Distance
        300A00BC IS 1 Number of Leaf/Jaw Pairs
        300A00BE DS 3-n Leaf Position Boundaries
        300A00C0 IS 1 Beam Number
        300A00C2 LO 1 Beam Name
        300A00C3 ST 1 Beam Description
        300A00C4 CS 1 Beam Type
        300A00C5 FD 1 Beam Delivery Duration Limit
        300A00C6 CS 1 Radiation Type
        300A00C7 CS 1 High-Dose Technique Type
        300A00C8 IS 1 Reference Image Number
        300A00CA SQ 1 Planned Verification Image Sequence
        300A00CC LO 1-n Imaging Device-Specific Acquisition Parameters
        300A00CE CS 1 Treatment Delivery Type
        300A00D0 IS 1 Number of Wedges
        300A00D1 SQ 1 Wedge Sequence
        300A00D2 IS 1 Wedge Number
        300A00D3 CS 1 Wedge Type
        300A00D4 SH 1 Wedge ID
        300A00D5 IS 1 Wedge Angle
        300A00D6 DS 1 Wedge Factor
        300A00D7 FL 1 Total Wedge Tray Water-Equivalent Thickness
        300A00D8 DS 1 Wedge Orientation
        300A00D9 FL 1 Isocenter to Wedge Tray Distance
        300A00DA DS 1 Source to Wedge Tray Distance
        300A00DB FL 1 Wedge Thin Edge Position
        300A00DC SH 1 Bolus ID
        300A00DD ST 1 Bolus Description
        300A00DE DS 1 Effective Wedge Angle
        300A00E0 IS 1 Number of Compensators
        300A00E1 SH 1 Material ID
        300A00E2 DS 1 Total Compensator Tray Factor
        300A00E3 SQ 1 Compensator Sequence
        300A00E4 IS 1 Compensator Number
        300A00E5 SH 1 Compensator ID
        300A00E6 DS 1 Source to Compensator Tray Distance
        300A00E7 IS 1 Compensator Rows
        300A00E8 IS 1 Compensator Columns
        300A00E9 DS 2 Compensator Pixel Spacing
        300A00EA DS 2 Compensator Position
        300A00EB DS 1-n Compensator Transmission Data
        300A00EC DS 1-n Compensator Thickness Data
        300A00ED IS 1 Number of Boli
        300A00EE CS 1 Compensator Type
        300A00EF SH 1 Compensator Tray ID
        300A00F0 IS 1 Number of Blocks
        300A00F2 DS 1 Total Block Tray Factor
        300A00F3 FL 1 Total Block Tray Water-Equivalent Thickness
        300A00F4 SQ 1 Block Sequence
        300A00F5 SH 1 Block Tray ID
        300A00F6 DS 1 Source to Block Tray Distance
        300A00F7 FL 1 Isocenter to Block Tray Distance
        300A00F8 CS 1 Block Type
        300A00F9 LO 1 Accessory Code
        300A00FA CS 1 Block Divergence
        300A00FB CS 1 Block Mounting Position
        300A00FC IS 1 Block Number
        300A00FE LO 1 Block Name
        300A0100 DS 1 Block Thickness
        300A0102 DS 1 Block Transmission
        300A0104 IS 1 Block Number of Points
        300A0106 DS 2-2n Block Data
        300A0107 SQ 1 Applicator Sequence
        300A0108 SH 1 Applicator ID
        300A0109 CS 1 Applicator Type
        300A010A LO 1 Applicator Description
        300A010C DS 1 Cumulative Dose Reference Coefficient
        300A010E DS 1 Final Cumulative Meterset Weight
        300A0110 IS 1 Number of Control Points
        300A0111 SQ 1 Control Point Sequence
        300A0112 IS 1 Control Point Index
        300A0114 DS 1 Nominal Beam Energy
        300A0115 DS 1 Dose Rate Set
        300A0116 SQ 1 Wedge Position Sequence
        300A0118 CS 1 Wedge Position
        300A011A SQ 1 Beam Limiting Device Position Sequence
        300A011C DS 2-2n Leaf/Jaw Positions
        300A011E DS 1 Gantry Angle
        300A011F CS 1 Gantry Rotation Direction
        300A0120 DS 1 Beam Limiting Device Angle
        300A0121 CS 1 Beam Limiting Device Rotation Direction
        300A0122 DS 1 Patient Support Angle
        300A0123 CS 1 Patient Support Rotation Direction
        300A0124 DS 1 Table Top Eccentric Axis Distance
        300A0125 DS 1 Table Top Eccentric Angle
        300A0126 CS 1 Table Top Eccentric Rotation Direction
        300A0128 DS 1 Table Top Vertical Position
        300A0129 DS 1 Table Top Longitudinal Position
        300A012A DS 1 Table Top Lateral Position
        300A012C DS 3 Isocenter Position
        300A012E DS 3 Surface Entry Point
        300A0130 DS 1 Source to Surface Distance
        300A0131 FL 1 Average Beam Dose Point Source to External Contour Distance
        300A0132 FL 1 Source to External Contour Distance
        300A0133 FL 3 External Contour Entry Point
        300A0134 DS 1 Cumulative Meterset Weight
        300A0140 FL 1 Table Top Pitch Angle
        300A0142 CS 1 Table Top Pitch Rotation Direction
        300A0144 FL 1 Table Top Roll Angle
        300A0146 CS 1 Table Top Roll Rotation Direction
        300A0148 FL 1 Head Fixation Angle
        300A014A FL 1 Gantry Pitch Angle
        300A014C CS 1 Gantry Pitch Rotation Direction
        300A014E FL 1 Gantry Pitch Angle Tolerance
        300A0150 CS 1 Fixation Eye
        300A0151 DS 1 Chair Head Frame Position
        300A0152 DS 1 Head Fixation Angle Tolerance
        300A0153 DS 1 Chair Head Frame Position Tolerance
        300A0154 DS 1 Fixation Light Azimuthal Angle Tolerance
        300A0155 DS 1 Fixation Light Polar Angle Tolerance
        300A0180 SQ 1 Patient Setup Sequence
        300A0182 IS 1 Patient Setup Number
        300A0183 LO 1 Patient Setup Label
        300A0184 LO 1 Patient Additional Position
        300A0190 SQ 1 Fixation Device Sequence
        300A0192 CS 1 Fixation Device Type
        300A0194 SH 1 Fixation Device Label
        300A0196 ST 1 Fixation Device Description
        300A0198 SH 1 Fixation Device Position
        300A0199 FL 1 Fixation Device Pitch Angle
        300A019A FL 1 Fixation Device Roll Angle
        300A01A0 SQ 1 Shielding Device Sequence
        300A01A2 CS 1 Shielding Device Type
        300A01A4 SH 1 Shielding Device Label
        300A01A6 ST 1 Shielding Device Description
        300A01A8 SH 1 Shielding Device Position
        300A01B0 CS 1 Setup Technique
        300A01B2 ST 1 Setup Technique Description
        300A01B4 SQ 1 Setup Device Sequence
        300A01B6 CS 1 Setup Device Type
        300A01B8 SH 1 Setup Device Label
        300A01BA ST 1 Setup Device Description
        300A01BC DS 1 Setup Device Parameter
        300A01D0 ST 1 Setup Reference Description
        300A01D2 DS 1 Table Top Vertical Setup Displacement
        300A01D4 DS 1 Table Top Longitudinal Setup Displacement
        300A01D6 DS 1 Table Top Lateral Setup Displacement
        300A0200 CS 1 Brachy Treatment Technique
        300A0202 CS 1 Brachy Treatment Type
        300A0206 SQ 1 Treatment Machine Sequence
        300A0210 SQ 1 Source Sequence
        300A0212 IS 1 Source Number
        300A0214 CS 1 Source Type
        300A0216 LO 1 Source Manufacturer
        300A0218 DS 1 Active Source Diameter
        300A021A DS 1 Active Source Length
        300A021B SH 1 Source Model ID
        300A021C LO 1 Source Description
        300A0222 DS 1 Source Encapsulation Nominal Thickness
        300A0224 DS 1 Source Encapsulation Nominal Transmission
        300A0226 LO 1 Source Isotope Name
        300A0228 DS 1 Source Isotope Half Life
        300A0229 CS 1 Source Strength Units
        300A022A DS 1 Reference Air Kerma Rate
        300A022B DS 1 Source Strength
        300A022C DA 1 Source Strength Reference Date
        300A022E TM 1 Source Strength Reference Time
        300A0230 SQ 1 Application Setup Sequence
        300A0232 CS 1 Application Setup Type
        300A0234 IS 1 Application Setup Number
        300A0236 LO 1 Application Setup Name
        300A0238 LO 1 Application Setup Manufacturer
        300A0240 IS 1 Template Number
        300A0242 SH 1 Template Type
        300A0244 LO 1 Template Name
        300A0250 DS 1 Total Reference Air Kerma
        300A0260 SQ 1 Brachy Accessory Device Sequence
        300A0262 IS 1 Brachy Accessory Device Number
        300A0263 SH 1 Brachy Accessory Device ID
        300A0264 CS 1 Brachy Accessory Device Type
        300A0266 LO 1 Brachy Accessory Device Name
        300A026A DS 1 Brachy Accessory Device Nominal Thickness
        300A026C DS 1 Brachy Accessory Device Nominal Transmission
        300A0271 DS 1 Channel Effective Length
        300A0272 DS 1 Channel Inner Length
        300A0273 SH 1 Afterloader Channel ID
        300A0274 DS 1 Source Applicator Tip Length
        300A0280 SQ 1 Channel Sequence
        300A0282 IS 1 Channel Number
        300A0284 DS 1 Channel Length
        300A0286 DS 1 Channel Total Time
        300A0288 CS 1 Source Movement Type
        300A028A IS 1 Number of Pulses
        300A028C DS 1 Pulse Repetition Interval
        300A0290 IS 1 Source Applicator Number
        300A0291 SH 1 Source Applicator ID
        300A0292 CS 1 Source Applicator Type
        300A0294 LO 1 Source Applicator Name
        300A0296 DS 1 Source Applicator Length
        300A0298 LO 1 Source Applicator Manufacturer
        300A029C DS 1 Source Applicator Wall Nominal Thickness
        300A029E DS 1 Source Applicator Wall Nominal Transmission
        300A02A0 DS 1 Source Applicator Step Size
        300A02A1 IS 1 Applicator Shape Referenced ROI Number
        300A02A2 IS 1 Transfer Tube Number
        300A02A4 DS 1 Transfer Tube Length
        300A02B0 SQ 1 Channel Shield Sequence
        300A02B2 IS 1 Channel Shield Number
        300A02B3 SH 1 Channel Shield ID
        300A02B4 LO 1 Channel Shield Name
        300A02B8 DS 1 Channel Shield Nominal Thickness
        300A02BA DS 1 Channel Shield Nominal Transmission
        300A02C8 DS 1 Final Cumulative Time Weight
        300A02D0 SQ 1 Brachy Control Point Sequence
        300A02D2 DS 1 Control Point Relative Position
        300A02D4 DS 3 Control Point 3D Position
        300A02D6 DS 1 Cumulative Time Weight
        300A02E0 CS 1 Compensator Divergence
        300A02E1 CS 1 Compensator Mounting Position
        300A02E2 DS 1-n Source to Compensator Distance
        300A02E3 FL 1 Total Compensator Tray Water-Equivalent Thickness
        300A02E4 FL 1 Isocenter to Compensator Tray Distance
        300A02E5 FL 1 Compensator Column Offset
        300A02E6 FL 1-n Isocenter to Compensator Distances
        300A02E7 FL 1 Compensator Relative Stopping Power Ratio
        300A02E8 FL 1 Compensator Milling Tool Diameter
        300A02EA SQ 1 Ion Range Compensator Sequence
        300A02EB LT 1 Compensator Description
        300A0302 IS 1 Radiation Mass Number
        300A0304 IS 1 Radiation Atomic Number
        300A0306 SS 1 Radiation Charge State
        300A0308 CS 1 Scan Mode
        300A0309 CS 1 Modulated Scan Mode Type
        300A030A FL 2 Virtual Source-Axis Distances
        300A030C SQ 1 Snout Sequence
        300A030D FL 1 Snout Position
        300A030F SH 1 Snout ID
        300A0312 IS 1 Number of Range Shifters
        300A0314 SQ 1 Range Shifter Sequence
        300A0316 IS 1 Range Shifter Number
        300A0318 SH 1 Range Shifter ID
        300A0320 CS 1 Range Shifter Type
        300A0322 LO 1 Range Shifter Description
        300A0330 IS 1 Number of Lateral Spreading Devices
        300A0332 SQ 1 Lateral Spreading Device Sequence
        300A0334 IS 1 Lateral Spreading Device Number
        300A0336 SH 1 Lateral Spreading Device ID
        300A0338 CS 1 Lateral Spreading Device Type
        300A033A LO 1 Lateral Spreading Device Description
        300A033C FL 1 Lateral Spreading Device Water Equivalent Thickness
        300A0340 IS 1 Number of Range Modulators
        300A0342 SQ 1 Range Modulator Sequence
        300A0344 IS 1 Range Modulator Number
        300A0346 SH 1 Range Modulator ID
        300A0348 CS 1 Range Modulator Type
        300A034A LO 1 Range Modulator Description
        300A034C SH 1 Beam Current Modulation ID
        300A0350 CS 1 Patient Support Type
        300A0352 SH 1 Patient Support ID
        300A0354 LO 1 Patient Support Accessory Code
        300A0355 LO 1 Tray Accessory Code
        300A0356 FL 1 Fixation Light Azimuthal Angle
        300A0358 FL 1 Fixation Light Polar Angle
        300A035A FL 1 Meterset Rate
        300A0360 SQ 1 Range Shifter Settings Sequence
        300A0362 LO 1 Range Shifter Setting
        300A0364 FL 1 Isocenter to Range Shifter Distance
        300A0366 FL 1 Range Shifter Water Equivalent Thickness
        300A0370 SQ 1 Lateral Spreading Device Settings Sequence
        300A0372 LO 1 Lateral Spreading Device Setting
        300A0374 FL 1 Isocenter to Lateral Spreading Device Distance
        300A0380 SQ 1 Range Modulator Settings Sequence
        300A0382 FL 1 Range Modulator Gating Start Value
        300A0384 FL 1 Range Modulator Gating Stop Value
        300A0386 FL 1 Range Modulator Gating Start Water Equivalent Thickness
        300A0388 FL 1 Range Modulator Gating Stop Water Equivalent Thickness
        300A038A FL 1 Isocenter to Range Modulator Distance
        300A038F FL 1-n Scan Spot Time Offset
        300A0390 SH 1 Scan Spot Tune ID
        300A0391 IS 1-n Scan Spot Prescribed Indices
        300A0392 IS 1 Number of Scan Spot Positions
        300A0393 CS 1 Scan Spot Reordered
        300A0394 FL 1-n Scan Spot Position Map
        300A0395 CS 1 Scan Spot Reordering Allowed
        300A0396 FL 1-n Scan Spot Meterset Weights
        300A0398 FL 2 Scanning Spot Size
        300A0399 FL 2-2n Scan Spot Sizes Delivered
        300A039A IS 1 Number of Paintings
        300A03A0 SQ 1 Ion Tolerance Table Sequence
        300A03A2 SQ 1 Ion Beam Sequence
        300A03A4 SQ 1 Ion Beam Limiting Device Sequence
        300A03A6 SQ 1 Ion Block Sequence
        300A03A8 SQ 1 Ion Control Point Sequence
        300A03AA SQ 1 Ion Wedge Sequence
        300A03AC SQ 1 Ion Wedge Position Sequence
        300A0401 SQ 1 Referenced Setup Image Sequence
        300A0402 ST 1 Setup Image Comment
        300A0410 SQ 1 Motion Synchronization Sequence
        300A0412 FL 3 Control Point Orientation
        300A0420 SQ 1 General Accessory Sequence
        300A0421 SH 1 General Accessory ID
        300A0422 ST 1 General Accessory Description
        300A0423 CS 1 General Accessory Type
        300A0424 IS 1 General Accessory Number
        300A0425 FL 1 Source to General Accessory Distance
        300A0426 DS 1 Isocenter to General Accessory Distance
        300A0431 SQ 1 Applicator Geometry Sequence
        300A0432 CS 1 Applicator Aperture Shape
        300A0433 FL 1 Applicator Opening
        300A0434 FL 1 Applicator Opening X
        300A0435 FL 1 Applicator Opening Y
        300A0436 FL 1 Source to Applicator Mounting Position Distance
        300A0440 IS 1 Number of Block Slab Items
        300A0441 SQ 1 Block Slab Sequence
        300A0442 DS 1 Block Slab Thickness
        300A0443 US 1 Block Slab Number
        300A0450 SQ 1 Device Motion Control Sequence
        300A0451 CS 1 Device Motion Execution Mode
        300A0452 CS 1 Device Motion Observation Mode
        300A0453 SQ 1 Device Motion Parameter Code Sequence
        300A0501 FL 1 Distal Depth Fraction
        300A0502 FL 1 Distal Depth
        300A0503 FL 2 Nominal Range Modulation Fractions
        300A0504 FL 2 Nominal Range Modulated Region Depths
        300A0505 SQ 1 Depth Dose Parameters Sequence
        300A0506 SQ 1 Delivered Depth Dose Parameters Sequence
        300A0507 FL 1 Delivered Distal Depth Fraction
        300A0508 FL 1 Delivered Distal Depth
        300A0509 FL 2 Delivered Nominal Range Modulation Fractions
        300A0510 FL 2 Delivered Nominal Range Modulated Region Depths
        300A0511 CS 1 Delivered Reference Dose Definition
        300A0512 CS 1 Reference Dose Definition
        300A0600 US 1 RT Control Point Index
        300A0601 US 1 Radiation Generation Mode Index
        300A0602 US 1 Referenced Defined Device Index
        300A0603 US 1 Radiation Dose Identification Index
        300A0604 US 1 Number of RT Control Points
        300A0605 US 1 Referenced Radiation Generation Mode Index
        300A0606 US 1 Treatment Position Index
        300A0607 US 1 Referenced Device Index
        300A0608 LO 1 Treatment Position Group Label
        300A0609 UI 1 Treatment Position Group UID
        300A060A SQ 1 Treatment Position Group Sequence
        300A060B US 1 Referenced Treatment Position Index
        300A060C US 1 Referenced Radiation Dose Identification Index
        300A060D FD 1 RT Accessory Holder Water-Equivalent Thickness
        300A060E US 1 Referenced RT Accessory Holder Device Index
        300A060F CS 1 RT Accessory Holder Slot Existence Flag
        300A0610 SQ 1 RT Accessory Holder Slot Sequence
        300A0611 LO 1 RT Accessory Holder Slot ID
        300A0612 FD 1 RT Accessory Holder Slot Distance
        300A0613 FD 1 RT Accessory Slot Distance
        300A0614 SQ 1 RT Accessory Holder Definition Sequence
        300A0615 LO 1 RT Accessory Device Slot ID
        300A0616 SQ 1 RT Radiation Sequence
        300A0617 SQ 1 Radiation Dose Sequence
        300A0618 SQ 1 Radiation Dose Identification Sequence
        300A0619 LO 1 Radiation Dose Identification Label
        300A061A CS 1 Reference Dose Type
        300A061B CS 1 Primary Dose Value Indicator
        300A061C SQ 1 Dose Values Sequence
        300A061D CS 1-n Dose Value Purpose
        300A061E FD 3 Reference Dose Point Coordinates
        300A061F SQ 1 Radiation Dose Values Parameters Sequence
        300A0620 SQ 1 Meterset to Dose Mapping Sequence
        300A0621 SQ 1 Expected In-Vivo Measurement Values Sequence
        300A0622 US 1 Expected In-Vivo Measurement Value Index
        300A0623 LO 1 Radiation Dose In-Vivo Measurement Label
        300A0624 FD 2 Radiation Dose Central Axis Displacement
        300A0625 FD 1 Radiation Dose Value
        300A0626 FD 1 Radiation Dose Source to Skin Distance
        300A0627 FD 3 Radiation Dose Measurement Point Coordinates
        300A0628 FD 1 Radiation Dose Source to External Contour Distance
        300A0629 SQ 1 RT Tolerance Set Sequence
        300A062A LO 1 RT Tolerance Set Label
        300A062B SQ 1 Attribute Tolerance Values Sequence
        300A062C FD 1 Tolerance Value
        300A062D SQ 1 Patient Support Position Tolerance Sequence
        300A062E FD 1 Treatment Time Limit
        300A062F SQ 1 C-Arm Photon-Electron Control Point Sequence
        300A0630 SQ 1 Referenced RT Radiation Sequence
        300A0631 SQ 1 Referenced RT Instance Sequence
        300A0632!SQ 1 Referenced RT Patient Setup Sequence
        300A0634 FD 1 Source to Patient Surface Distance
        300A0635 SQ 1 Treatment Machine Special Mode Code Sequence
        300A0636 US 1 Intended Number of Fractions
        300A0637 CS 1 RT Radiation Set Intent
        300A0638 CS 1 RT Radiation Physical and Geometric Content Detail Flag
        300A0639 CS 1 RT Record Flag
        300A063A SQ 1 Treatment Device Identification Sequence
        300A063B SQ 1 Referenced RT Physician Intent Sequence
        300A063C FD 1 Cumulative Meterset
        300A063D FD 1 Delivery Rate
        300A063E SQ 1 Delivery Rate Unit Sequence
        300A063F SQ 1 Treatment Position Sequence
        300A0640 FD 1 Radiation Source-Axis Distance
        300A0641 US 1 Number of RT Beam Limiting Devices
        300A0642 FD 1 RT Beam Limiting Device Proximal Distance
        300A0643 FD 1 RT Beam Limiting Device Distal Distance
        300A0644 SQ 1 Parallel RT Beam Delimiter Device Orientation Label Code Sequence
        300A0645 FD 1 Beam Modifier Orientation Angle
        300A0646 SQ 1 Fixed RT Beam Delimiter Device Sequence
        300A0647 SQ 1 Parallel RT Beam Delimiter Device Sequence
        300A0648 US 1 Number of Parallel RT Beam Delimiters
        300A0649 FD 2-n Parallel RT Beam Delimiter Boundaries
        300A064A FD 2-n Parallel RT Beam Delimiter Positions
        300A064B FD 2 RT Beam Limiting Device Offset
        300A064C SQ 1 RT Beam Delimiter Geometry Sequence
        300A064D SQ 1 RT Beam Limiting Device Definition Sequence
        300A064E CS 1 Parallel RT Beam Delimiter Opening Mode
        300A064F CS 1-n Parallel RT Beam Delimiter Leaf Mounting Side
        300A0650!UI 1 Patient Setup UID
        300A0651 SQ 1 Wedge Definition Sequence
        300A0652 FD 1 Radiation Beam Wedge Angle
        300A0653 FD 1 Radiation Beam Wedge Thin Edge Distance
        300A0654 FD 1 Radiation Beam Effective Wedge Angle
        300A0655 US 1 Number of Wedge Positions
        300A0656 SQ 1 RT Beam Limiting Device Opening Sequence
        300A0657 US 1 Number of RT Beam Limiting Device Openings
        300A0658 SQ 1 Radiation Dosimeter Unit Sequence
        300A0659 SQ 1 RT Device Distance Reference Location Code Sequence
        300A065A SQ 1 Radiation Device Configuration and Commissioning Key Sequence
        300A065B SQ 1 Patient Support Position Parameter Sequence
        300A065C CS 1 Patient Support Position Specification Method
        300A065D SQ 1 Patient Support Position Device Parameter Sequence
        300A065E US 1 Device Order Index
        300A065F US 1 Patient Support Position Parameter Order Index
        300A0660 SQ 1 Patient Support Position Device Tolerance Sequence
        300A0661 US 1 Patient Support Position Tolerance Order Index
        300A0662 SQ 1 Compensator Definition Sequence
        300A0663 CS 1 Compensator Map Orientation
        300A0664 OF 1 Compensator Proximal Thickness Map
        300A0665 OF 1 Compensator Distal Thickness Map
        300A0666 FD 1 Compensator Base Plane Offset
        300A0667 SQ 1 Compensator Shape Fabrication Code Sequence
        300A0668 SQ 1 Compensator Shape Sequence
        300A0669 FD 1 Radiation Beam Compensator Milling Tool Diameter
        300A066A SQ 1 Block Definition Sequence
        300A066B OF 1 Block Edge Data
        300A066C CS 1 Block Orientation
        300A066D FD 1 Radiation Beam Block Thickness
        300A066E FD 1 Radiation Beam Block Slab Thickness
        300A066F SQ 1 Block Edge Data Sequence
        300A0670 US 1 Number of RT Accessory Holders
        300A0671 SQ 1 General Accessory Definition Sequence
        300A0672 US 1 Number of General Accessories
        300A0673 SQ 1 Bolus Definition Sequence
        300A0674 US 1 Number of Boluses
        300A0675 UI 1 Equipment Frame of Reference UID
        300A0676 ST 1 Equipment Frame of Reference Description
        300A0677 SQ 1 Equipment Reference Point Coordinates Sequence
        300A0678 SQ 1 Equipment Reference Point Code Sequence
        300A0679 FD 1 RT Beam Limiting Device Angle
        300A067A FD 1 Source Roll Angle
        300A067B SQ 1 Radiation GenerationMode Sequence
        300A067C SH 1 Radiation GenerationMode Label
        300A067D ST 1 Radiation GenerationMode Description
        300A067E SQ 1 Radiation GenerationMode Machine Code Sequence
        300A067F SQ 1 Radiation Type Code Sequence
        300A0680 DS 1 Nominal Energy
        300A0681 DS 1 Minimum Nominal Energy
        300A0682 DS 1 Maximum Nominal Energy
        300A0683 SQ 1 Radiation Fluence Modifier Code Sequence
        300A0684 SQ 1 Energy Unit Code Sequence
        300A0685 US 1 Number of Radiation GenerationModes
        300A0686 SQ 1 Patient Support Devices Sequence
        300A0687 US 1 Number of Patient Support Devices
        300A0688 FD 1 RT Beam Modifier Definition Distance
        300A0689 SQ 1 Beam Area Limit Sequence
        300A068A SQ 1 Referenced RT Prescription Sequence
        300A068B CS 1 Dose Value Interpretation
        300A0700 UI 1 Treatment Session UID
        300A0701 CS 1 RT Radiation Usage
        300A0702 SQ 1 Referenced RT Radiation Set Sequence
        300A0703 SQ 1 Referenced RT Radiation Record Sequence
        300A0704 US 1 RT Radiation Set Delivery Number
        300A0705 US 1 Clinical Fraction Number
        300A0706 CS 1 RT Treatment Fraction Completion Status
        300A0707 CS 1 RT Radiation Set Usage
        300A0708 CS 1 Treatment Delivery Continuation Flag
        300A0709 CS 1 Treatment Record Content Origin
        300A0714 CS 1 RT Treatment Termination Status
        300A0715 SQ 1 RT Treatment Termination Reason Code Sequence
        300A0716 SQ 1 Machine-Specific Treatment Termination Code Sequence
        300A0722 SQ 1 RT Radiation Salvage Record Control Point Sequence
        300A0723 CS 1 Starting Meterset Value Known Flag
        300A0730 ST 1 Treatment Termination Description
        300A0731 SQ 1 Treatment Tolerance Violation Sequence
        300A0732 CS 1 Treatment Tolerance Violation Category
        300A0733 SQ 1 Treatment Tolerance Violation Attribute Sequence
        300A0734 ST 1 Treatment Tolerance Violation Description
        300A0735 ST 1 Treatment Tolerance Violation Identification
        300A0736 DT 1 Treatment Tolerance Violation DateTime
        300A073A DT 1 Recorded RT Control Point DateTime
        300A073B US 1 Referenced Radiation RT Control Point Index
        300A073E SQ 1 Alternate Value Sequence
        300A073F SQ 1 Confirmation Sequence
        300A0740 SQ 1 Interlock Sequence
        300A0741 DT 1 Interlock DateTime
        300A0742 ST 1 Interlock Description
        300A0743 SQ 1 Interlock Originating Device Sequence
        300A0744 SQ 1 Interlock Code Sequence
        300A0745 SQ 1 Interlock Resolution Code Sequence
        300A0746 SQ 1 Interlock Resolution User Sequence
        300A0760 DT 1 Override DateTime
        300A0761 SQ 1 Treatment Tolerance Violation Type Code Sequence
        300A0762 SQ 1 Treatment Tolerance Violation Cause Code Sequence
        300A0772 SQ 1 Measured Meterset to Dose Mapping Sequence
        300A0773 US 1 Referenced Expected In-Vivo Measurement Value Index
        300A0774 SQ 1 Dose Measurement Device Code Sequence
        300A0780 SQ 1 Additional Parameter Recording Instance Sequence
        300A0782!US 1
        300A0783 ST 1 Interlock Origin Description
        300A0784 SQ 1 RT Patient Position Scope Sequence
        300A0785 UI 1 Referenced Treatment Position Group UID
        300A0786 US 1 Radiation Order Index
        300A0787 SQ 1 Omitted Radiation Sequence
        300A0788 SQ 1 Reason for Omission Code Sequence
        300A0789 SQ 1 RT Delivery Start Patient Position Sequence
        300A078A SQ 1 RT Treatment Preparation Patient Position Sequence
        300A078B SQ 1 Referenced RT Treatment Preparation Sequence
        300A078C SQ 1 Referenced Patient Setup Photo Sequence
        300A078D SQ 1 Patient Treatment Preparation Method Code Sequence
        300A078E LT 1 Patient Treatment Preparation Procedure Parameter Description
        300A078F SQ 1 Patient Treatment Preparation Device Sequence
        300A0790 SQ 1 Patient Treatment Preparation Procedure Sequence
        300A0791 SQ 1 Patient Treatment Preparation Procedure Code Sequence
        300A0792 LT 1 Patient Treatment Preparation Method Description
        300A0793 SQ 1 Patient Treatment Preparation Procedure Parameter Sequence
        300A0794 LT 1 Patient Setup Photo Description
        300A0795 US 1 Patient Treatment Preparation Procedure Index
        300A0796 US 1 Referenced Patient Setup Procedure Index
        300A0797 SQ 1 RT Radiation Task Sequence
        300A0798 SQ 1 RT Patient Position Displacement Sequence
        300A0799 SQ 1 RT Patient Position Sequence
        300A079A LO 1 Displacement Reference Label
        300A079B FD 16 Displacement Matrix
        300A079C SQ 1 Patient Support Displacement Sequence
        300A079D SQ 1 Displacement Reference Location Code Sequence
        300A079E CS 1 RT Radiation Set Delivery Usage
        300C0002 SQ 1 Referenced RT Plan Sequence
        300C0004 SQ 1 Referenced Beam Sequence
        300C0006 IS 1 Referenced Beam Number
        300C0007 IS 1 Referenced Reference Image Number
        300C0008 DS 1 Start Cumulative Meterset Weight
        300C0009 DS 1 End Cumulative Meterset Weight
        300C000A SQ 1 Referenced Brachy Application Setup Sequence
        300C000C IS 1 Referenced Brachy Application Setup Number
        300C000E IS 1 Referenced Source Number
        300C0020 SQ 1 Referenced Fraction Group Sequence
        300C0022 IS 1 Referenced Fraction Group Number
        300C0040 SQ 1 Referenced Verification Image Sequence
        300C0042 SQ 1 Referenced Reference Image Sequence
        300C0050 SQ 1 Referenced Dose Reference Sequence
        300C0051 IS 1 Referenced Dose Reference Number
        300C0055 SQ 1 Brachy Referenced Dose Reference Sequence
        300C0060 SQ 1 Referenced Structure Set Sequence
        300C006A IS 1 Referenced Patient Setup Number
        300C0080 SQ 1 Referenced Dose Sequence
        300C00A0 IS 1 Referenced Tolerance Table Number
        300C00B0 SQ 1 Referenced Bolus Sequence
        300C00C0 IS 1 Referenced Wedge Number
        300C00D0 IS 1 Referenced Compensator Number
        300C00E0 IS 1 Referenced Block Number
        300C00F0 IS 1 Referenced Control Point Index
        300C00F2 SQ 1 Referenced Control Point Sequence
        300C00F4 IS 1 Referenced Start Control Point Index
        300C00F6 IS 1 Referenced Stop Control Point Index
        300C0100 IS 1 Referenced Range Shifter Number
        300C0102 IS 1 Referenced Lateral Spreading Device Number
        300C0104 IS 1 Referenced Range Modulator Number
        300C0111 SQ 1 Omitted Beam Task Sequence
        300C0112 CS 1 Reason for Omission
        300C0113 LO 1 Reason for Omission Description
        300C0114 SQ 1 Prescription Overview Sequence
        300C0115 FL 1 Total Prescription Dose
        300C0116 SQ 1 Plan Overview Sequence
        300C0117 US 1 Plan Overview Index
        300C0118 US 1 Referenced Plan Overview Index
        300C0119 US 1 Number of Fractions Included
        300C0120 SQ 1 Dose Calibration Conditions Sequence
        300C0121 FD 1 Absorbed Dose to Meterset Ratio
        300C0122 FD 2 Delineated Radiation Field Size
        300C0123 CS 1 Dose Calibration Conditions Verified Flag
        300C0124 FD 1 Calibration Reference Point Depth
        300C0125 SQ 1 Gating Beam Hold Transition Sequence
        300C0126 CS 1 Beam Hold Transition
        300C0127 DT 1 Beam Hold Transition DateTime
        300C0128 SQ 1 Beam Hold Originating Device Sequence
        300C0129 CS 1 Beam Hold Transition Trigger Source
        300E0002 CS 1 Approval Status
        300E0004 DA 1 Review Date
        300E0005 TM 1 Review Time
        300E0008 PN 1 Reviewer Name
        30100001 SQ 1 Radiobiological Dose Effect Sequence
        30100002 CS 1 Radiobiological Dose Effect Flag
        30100003 SQ 1 Effective Dose Calculation Method Category Code Sequence
        30100004 SQ 1 Effective Dose Calculation Method Code Sequence
        30100005 LO 1 Effective Dose Calculation Method Description
        30100006 UI 1 Conceptual Volume UID
        30100007 SQ 1 Originating SOP Instance Reference Sequence
        30100008 SQ 1 Conceptual Volume Constituent Sequence
        30100009 SQ 1 Equivalent Conceptual Volume Instance Reference Sequence
        3010000A SQ 1 Equivalent Conceptual Volumes Sequence
        3010000B UI 1 Referenced Conceptual Volume UID
        3010000C UT 1 Conceptual Volume Combination Expression
        3010000D US 1 Conceptual Volume Constituent Index
        3010000E CS 1 Conceptual Volume Combination Flag
        3010000F ST 1 Conceptual Volume Combination Description
        30100010 CS 1 Conceptual Volume Segmentation Defined Flag
        30100011 SQ 1 Conceptual Volume Segmentation Reference Sequence
        30100012 SQ 1 Conceptual Volume Constituent Segmentation Reference Sequence
        30100013 UI 1 Constituent Conceptual Volume UID
        30100014 SQ 1 Derivation Conceptual Volume Sequence
        30100015 UI 1 Source Conceptual Volume UID
        30100016 SQ 1 Conceptual Volume Derivation Algorithm Sequence
        30100017 ST 1 Conceptual Volume Description
        30100018 SQ 1 Source Conceptual Volume Sequence
        30100019 SQ 1 Author Identification Sequence
        3010001A LO 1 Manufacturer's Model Version
        3010001B UC 1 Device Alternate Identifier
        3010001C CS 1 Device Alternate Identifier Type
        3010001D LT 1 Device Alternate Identifier Format
        3010001E LO 1 Segmentation Creation Template Label
        3010001F UI 1 Segmentation Template UID
        30100020 US 1 Referenced Segment Reference Index
        30100021 SQ 1 Segment Reference Sequence
        30100022 US 1 Segment Reference Index
        30100023 SQ 1 Direct Segment Reference Sequence
        30100024 SQ 1 Combination Segment Reference Sequence
        30100025 SQ 1 Conceptual Volume Sequence
        30100026 SQ 1 Segmented RT Accessory Device Sequence
        30100027 SQ 1 Segment Characteristics Sequence
        30100028 SQ 1 Related Segment Characteristics Sequence
        30100029 US 1 Segment Characteristics Precedence
        3010002A SQ 1 RT Segment Annotation Sequence
        3010002B SQ 1 Segment Annotation Category Code Sequence
        3010002C SQ 1 Segment Annotation Type Code Sequence
        3010002D LO 1 Device Label
        3010002E SQ 1 Device Type Code Sequence
        3010002F SQ 1 Segment Annotation Type Modifier Code Sequence
        30100030 SQ 1 Patient Equipment Relationship Code Sequence
        30100031 UI 1 Referenced Fiducials UID
        30100032 SQ 1 Patient Treatment Orientation Sequence
        30100033 SH 1 User Content Label
        30100034 LO 1 User Content Long Label
        30100035 SH 1 Entity Label
        30100036 LO 1 Entity Name
        30100037 ST 1 Entity Description
        30100038 LO 1 Entity Long Label
        30100039 US 1 Device Index
        3010003A US 1 RT Treatment Phase Index
        3010003B UI 1 RT Treatment Phase UID
        3010003C US 1 RT Prescription Index
        3010003D US 1 RT Segment Annotation Index
        3010003E US 1 Basis RT Treatment Phase Index
        3010003F US 1 Related RT Treatment Phase Index
        30100040 US 1 Referenced RT Treatment Phase Index
        30100041 US 1 Referenced RT Prescription Index
        30100042 US 1 Referenced Parent RT Prescription Index
        30100043 ST 1 Manufacturer's Device Identifier
        30100044 SQ 1 Instance-Level Referenced Performed Procedure Step Sequence
        30100045 CS 1 RT Treatment Phase Intent Presence Flag
        30100046 CS 1 Radiotherapy Treatment Type
        30100047 CS 1-n Teletherapy Radiation Type
        30100048 CS 1-n Brachytherapy Source Type
        30100049 SQ 1 Referenced RT Treatment Phase Sequence
        3010004A SQ 1 Referenced Direct Segment Instance Sequence
        3010004B SQ 1 Intended RT Treatment Phase Sequence
        3010004C DA 1 Intended Phase Start Date
        3010004D DA 1 Intended Phase End Date
        3010004E SQ 1 RT Treatment Phase Interval Sequence
        3010004F CS 1 Temporal Relationship Interval Anchor
        30100050 FD 1 Minimum Number of Interval Days
        30100051 FD 1 Maximum Number of Interval Days
        30100052 UI 1-n Pertinent SOP Classes in Study
        30100053 UI 1-n Pertinent SOP Classes in Series
        30100054 LO 1 RT Prescription Label
        30100055 SQ 1 RT Physician Intent Predecessor Sequence
        30100056 LO 1 RT Treatment Approach Label
        30100057 SQ 1 RT Physician Intent Sequence
        30100058 US 1 RT Physician Intent Index
        30100059 CS 1 RT Treatment Intent Type
        3010005A UT 1 RT Physician Intent Narrative
        3010005B SQ 1 RT Protocol Code Sequence
        3010005C ST 1 Reason for Superseding
        3010005D SQ 1 RT Diagnosis Code Sequence
        3010005E US 1 Referenced RT Physician Intent Index
        3010005F SQ 1 RT Physician Intent Input Instance Sequence
        30100060 SQ 1 RT Anatomic Prescription Sequence
        30100061 UT 1 Prior Treatment Dose Description
        30100062 SQ 1 Prior Treatment Reference Sequence
        30100063 CS 1 Dosimetric Objective Evaluation Scope
        30100064 SQ 1 Therapeutic Role Category Code Sequence
        30100065 SQ 1 Therapeutic Role Type Code Sequence
        30100066 US 1 Conceptual Volume Optimization Precedence
        30100067 SQ 1 Conceptual Volume Category Code Sequence
        30100068 CS 1 Conceptual Volume Blocking Constraint
        30100069 SQ 1 Conceptual Volume Type Code Sequence
        3010006A SQ 1 Conceptual Volume Type Modifier Code Sequence
        3010006B SQ 1 RT Prescription Sequence
        3010006C SQ 1 Dosimetric Objective Sequence
        3010006D SQ 1 Dosimetric Objective Type Code Sequence
        3010006E UI 1 Dosimetric Objective UID
        3010006F UI 1 Referenced Dosimetric Objective UID
        30100070 SQ 1 Dosimetric Objective Parameter Sequence
        30100071 SQ 1 Referenced Dosimetric Objectives Sequence
        30100073 CS 1 Absolute Dosimetric Objective Flag
        30100074 FD 1 Dosimetric Objective Weight
        30100075 CS 1 Dosimetric Objective Purpose
        30100076 SQ 1 Planning Input Information Sequence
        30100077 LO 1 Treatment Site
        30100078 SQ 1 Treatment Site Code Sequence
        30100079 SQ 1 Fraction Pattern Sequence
        3010007A UT 1 Treatment Technique Notes
        3010007B UT 1 Prescription Notes
        3010007C IS 1 Number of Interval Fractions
        3010007D US 1 Number of Fractions
        3010007E US 1 Intended Delivery Duration
        3010007F UT 1 Fractionation Notes
        30100080 SQ 1 RT Treatment Technique Code Sequence
        30100081 SQ 1 Prescription Notes Sequence
        30100082 SQ 1 Fraction-Based Relationship Sequence
        30100083 CS 1 Fraction-Based Relationship Interval Anchor
        30100084 FD 1 Minimum Hours between Fractions
        30100085 TM 1-n Intended Fraction Start Time
        30100086 LT 1 Intended Start Day of Week
        30100087 SQ 1 Weekday Fraction Pattern Sequence
        30100088 SQ 1 Delivery Time Structure Code Sequence
        30100089 SQ 1 Treatment Site Modifier Code Sequence
        30100090!CS 1 Robotic Base Location Indicator
        30100091 SQ 1 Robotic Path Node Set Code Sequence
        30100092 UL 1 Robotic Node Identifier
        30100093 FD 3 RT Treatment Source Coordinates
        30100094 FD 1 Radiation Source Coordinate SystemYaw Angle
        30100095 FD 1 Radiation Source Coordinate SystemRoll Angle
        30100096 FD 1 Radiation Source Coordinate System Pitch Angle
        30100097 SQ 1 Robotic Path Control Point Sequence
        30100098 SQ 1 Tomotherapeutic Control Point Sequence
        30100099 FD 1-n Tomotherapeutic Leaf Open Durations
        3010009A FD 1-n Tomotherapeutic Leaf Initial Closed Durations
        301000A0 SQ 1 Conceptual Volume Identification Sequence
        40000010!LT 1 Arbitrary
        40004000!LT 1 Text Comments
        40080040!SH 1 Results ID
        40080042!LO 1 Results ID Issuer
        40080050!SQ 1 Referenced Interpretation Sequence
        400800FF!CS 1 Report Production Status (Trial)
        40080100!DA 1 Interpretation Recorded Date
        40080101!TM 1 Interpretation Recorded Time
        40080102!PN 1 Interpretation Recorder
        40080103!LO 1 Reference to Recorded Sound
        40080108!DA 1 Interpretation Transcription Date
        40080109!TM 1 Interpretation Transcription Time
        4008010A!PN 1 Interpretation Transcriber
        4008010B!ST 1 Interpretation Text
        4008010C!PN 1 Interpretation Author
        40080111!SQ 1 Interpretation Approver Sequence
        40080112!DA 1 Interpretation Approval Date
        40080113!TM 1 Interpretation Approval Time
        40080114!PN 1 Physician Approving Interpretation
        40080115!LT 1 Interpretation Diagnosis Description
        40080117!SQ 1 Interpretation Diagnosis Code Sequence
        40080118!SQ 1 Results Distribution List Sequence
        40080119!PN 1 Distribution Name
        4008011A!LO 1 Distribution Address
        40080200!SH 1 Interpretation ID
        40080202!LO 1 Interpretation ID Issuer
        40080210!CS 1 Interpretation Type ID
        40080212!CS 1 Interpretation Status ID
        40080300!ST 1 Impressions
        40084000!ST 1 Results Comments
        40100001 CS 1 Low Energy Detectors
        40100002 CS 1 High Energy Detectors
        40100004 SQ 1 Detector Geometry Sequence
        40101001 SQ 1 Threat ROI Voxel Sequence
        40101004 FL 3 Threat ROI Base
        40101005 FL 3 Threat ROI Extents
        40101006 OB 1 Threat ROI Bitmap
        40101007 SH 1 Route Segment ID
        40101008 CS 1 Gantry Type
        40101009 CS 1 OOI Owner Type
        4010100A SQ 1 Route Segment Sequence
        40101010 US 1 Potential Threat Object ID
        40101011 SQ 1 Threat Sequence
        40101012 CS 1 Threat Category
        40101013 LT 1 Threat Category Description
        40101014 CS 1 ATD Ability Assessment
        40101015 CS 1 ATD Assessment Flag
        40101016 FL 1 ATD Assessment Probability
        40101017 FL 1 Mass
        40101018 FL 1 Density
        40101019 FL 1 Z Effective
        4010101A SH 1 Boarding Pass ID
        4010101B FL 3 Center of Mass
        4010101C FL 3 Center of PTO
        4010101D FL 6-n Bounding Polygon
        4010101E SH 1 Route Segment Start Location ID
        4010101F SH 1 Route Segment End Location ID
        40101020 CS 1 Route Segment Location ID Type
        40101021 CS 1-n Abort Reason
        40101023 FL 1 Volume of PTO
        40101024 CS 1 Abort Flag
        40101025 DT 1 Route Segment Start Time
        40101026 DT 1 Route Segment End Time
        40101027 CS 1 TDR Type
        40101028 CS 1 International Route Segment
        40101029 LO 1-n Threat Detection Algorithm and Version
        4010102A SH 1 Assigned Location
        4010102B DT 1 Alarm Decision Time
        40101031 CS 1 Alarm Decision
        40101033 US 1 Number of Total Objects
        40101034 US 1 Number of Alarm Objects
        40101037 SQ 1 PTO Representation Sequence
        40101038 SQ 1 ATD Assessment Sequence
        40101039 CS 1 TIP Type
        4010103A CS 1 DICOS Version
        40101041 DT 1 OOI Owner Creation Time
        40101042 CS 1 OOI Type
        40101043 FL 3 OOI Size
        40101044 CS 1 Acquisition Status
        40101045 SQ 1 Basis Materials Code Sequence
        40101046 CS 1 Phantom Type
        40101047 SQ 1 OOI Owner Sequence
        40101048 CS 1 Scan Type
        40101051 LO 1 Itinerary ID
        40101052 SH 1 Itinerary ID Type
        40101053 LO 1 Itinerary ID Assigning Authority
        40101054 SH 1 Route ID
        40101055 SH 1 Route ID Assigning Authority
        40101056 CS 1 Inbound Arrival Type
        40101058 SH 1 Carrier ID
        40101059 CS 1 Carrier ID Assigning Authority
        40101060 FL 3 Source Orientation
        40101061 FL 3 Source Position
        40101062 FL 1 Belt Height
        40101064 SQ 1 Algorithm Routing Code Sequence
        40101067 CS 1 Transport Classification
        40101068 LT 1 OOI Type Descriptor
        40101069 FL 1 Total Processing Time
        4010106C OB 1 Detector Calibration Data
        4010106D CS 1 Additional Screening Performed
        4010106E CS 1 Additional Inspection Selection Criteria
        4010106F SQ 1 Additional Inspection Method Sequence
        40101070 CS 1 AIT Device Type
        40101071 SQ 1 QR Measurements Sequence
        40101072 SQ 1 Target Material Sequence
        40101073 FD 1 SNR Threshold
        40101075 DS 1 Image Scale Representation
        40101076 SQ 1 Referenced PTO Sequence
        40101077 SQ 1 Referenced TDR Instance Sequence
        40101078 ST 1 PTO Location Description
        40101079 SQ 1 Anomaly Locator Indicator Sequence
        4010107A FL 3 Anomaly Locator Indicator
        4010107B SQ 1 PTO Region Sequence
        4010107C CS 1 Inspection Selection Criteria
        4010107D SQ 1 Secondary Inspection Method Sequence
        4010107E DS 6 PRCS to RCS Orientation
        4FFE0001 SQ 1 MAC Parameters Sequence
        50xx0005!US 1 Curve Dimensions
        50xx0010!US 1 Number of Points
        50xx0020!CS 1 Type of Data
        50xx0022!LO 1 Curve Description
        50xx0030!SH 1-n Axis Units
        50xx0040!SH 1-n Axis Labels
        50xx0103!US 1 Data Value Representation
        50xx0104!US 1-n Minimum Coordinate Value
        50xx0105!US 1-n Maximum Coordinate Value
        50xx0106!SH 1-n Curve Range
        50xx0110!US 1-n Curve Data Descriptor
        50xx0112!US 1-n Coordinate Start Value
        50xx0114!US 1-n Coordinate Step Value
        50xx1001!CS 1 Curve Activation Layer
        50xx2000!US 1 Audio Type
        50xx2002!US 1 Audio Sample Format
        50xx2004!US 1 Number of Channels
        50xx2006!UL 1 Number of Samples
        50xx2008!UL 1 Sample Rate
        50xx200A!UL 1 Total Time
        50xx200C!OB/OW 1 Audio Sample Data
        50xx200E!LT 1 Audio Comments
        50xx2500!LO 1 Curve Label
        50xx2600!SQ 1 Curve Referenced Overlay Sequence
        50xx2610!US 1 Curve Referenced Overlay Group
        50xx3000!OB/OW 1 Curve Data
        52009229 SQ 1 Shared Functional Groups Sequence
        52009230 SQ 1 Per-Frame Functional Groups Sequence
        54000100 SQ 1 Waveform Sequence
        54000110 OB/OW 1 Channel Minimum Value
        54000112 OB/OW 1 Channel Maximum Value
        54001004 US 1 Waveform Bits Allocated
        54001006 CS 1 Waveform Sample Interpretation
        5400100A OB/OW 1 Waveform Padding Value
        54001010 OB/OW 1 Waveform Data
        56000010 OF 1 First Order Phase Correction Angle
        56000020 OF 1 Spectroscopy Data
        60xx0010 US 1 Overlay Rows
        60xx0011 US 1 Overlay Columns
        60xx0012!US 1 Overlay Planes
        60xx0015 IS 1 Number of Frames in Overlay
        60xx0022 LO 1 Overlay Description
        60xx0040 CS 1 Overlay Type
        60xx0045 LO 1 Overlay Subtype
        60xx0050 SS 2 Overlay Origin
        60xx0051 US 1 Image Frame Origin
        60xx0052!US 1 Overlay Plane Origin
        60xx0060!CS 1 Overlay Compression Code
        60xx0061!SH 1 Overlay Compression Originator
        60xx0062!SH 1 Overlay Compression Label
        60xx0063!CS 1 Overlay Compression Description
        60xx0066!AT 1-n Overlay Compression Step Pointers
        60xx0068!US 1 Overlay Repeat Interval
        60xx0069!US 1 Overlay Bits Grouped
        60xx0100 US 1 Overlay Bits Allocated
        60xx0102 US 1 Overlay Bit Position
        60xx0110!CS 1 Overlay Format
        60xx0200!US 1 Overlay Location
        60xx0800!CS 1-n Overlay Code Label
        60xx0802!US 1 Overlay Number of Tables
        60xx0803!AT 1-n Overlay Code Table Location
        60xx0804!US 1 Overlay Bits For Code Word
        60xx1001 CS 1 Overlay Activation Layer
        60xx1100!US 1 Overlay Descriptor - Gray
        60xx1101!US 1 Overlay Descriptor - Red
        60xx1102!US 1 Overlay Descriptor - Green
        60xx1103!US 1 Overlay Descriptor - Blue
        60xx1200!US 1-n Overlays - Gray
        60xx1201!US 1-n Overlays - Red
        60xx1202!US 1-n Overlays - Green
        60xx1203!US 1-n Overlays - Blue
        60xx1301 IS 1 ROI Area
        60xx1302 DS 1 ROI Mean
        60xx1303 DS 1 ROI Standard Deviation
        60xx1500 LO 1 Overlay Label
        60xx3000 OB/OW 1 Overlay Data
        60xx4000!LT 1 Overlay Comments
        7FE00001 OV 1 Extended Offset Table
        7FE00002 OV 1 Extended Offset Table Lengths
        7FE00003 UV 1 Encapsulated Pixel Data Value Total Length
        7FE00008 OF 1 Float Pixel Data
        7FE00009 OD 1 Double Float Pixel Data
        7FE00010 OB/OW 1 Pixel Data
        7FE00020!OW 1 Coefficients SDVN
        7FE00030!OW 1 Coefficients SDHN
        7FE00040!OW 1 Coefficients SDDN
        7Fxx0010!OB/OW 1 Variable Pixel Data
        7Fxx0011!US 1 Variable Next Data Group
        7Fxx0020!OW 1 Variable Coefficients SDVN
        7Fxx0030!OW 1 Variable Coefficients SDHN
        7Fxx0040!OW 1 Variable Coefficients SDDN
        FFFAFFFA SQ 1 Digital Signatures Sequence
        FFFCFFFC OB 1 Data Set Trailing Padding
        FFFEE000 -- 1 Item
        FFFEE00D -- 1 Item Delimitation Item
        FFFEE0DD -- 1 Sequence Delimitation Item
        """
}
