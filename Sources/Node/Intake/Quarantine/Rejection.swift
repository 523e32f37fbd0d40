import Curation
import DICOM
import Runtime

/// Why a file was not taken in.
struct Rejection: Error, Equatable, Sendable {
    let reason: QuarantineReason
    /// What was found, where in the file, and what to do; without the path, without a patient's value.
    let sentence: String
    var offset: Int?
    var tag: Tag?
}

/// The kinds of reasons, as the summary counts them.
public enum QuarantineReason: String, Codable, Sendable, CaseIterable {
    /// The file or folder could not be read.
    case unreadable
    /// Not in the form of the standard.
    case damaged
    /// The pixel data, or the file, ends too early.
    case truncated
    /// Larger or deeper than the limits.
    case beyondLimits
    /// An attribute is missing without which the object cannot be kept.
    case incomplete
    case burnedInText
    case document
    /// Another object with the same UID is in the store.
    case conflict
    /// What the object says cannot be so: two patients in one series, a birth after the study.
    case contradiction
    /// Parts of it are encrypted.
    case encrypted
    /// The form of its pixel data is not known, or cannot be looked into.
    case unknownForm

    /// "text in the pixels": what the closing summary says.
    public var label: String {
        switch self {
        case .unreadable: "could not be read"
        case .damaged: "damaged"
        case .truncated: "cut off: pixel data or file incomplete"
        case .beyondLimits: "beyond the limits of size or depth"
        case .incomplete: "without a necessary attribute"
        case .burnedInText: "text burned into the pixels"
        case .document: "documents in a DICOM wrapper"
        case .conflict: "contradict an object that is there already"
        case .contradiction: "contradict themselves or their series"
        case .encrypted: "with encrypted attributes"
        case .unknownForm: "in a form that cannot be looked into"
        }
    }
}

extension Rejection {
    init(_ error: DICOMError) {
        let reason: QuarantineReason =
            switch error.code {
            case .truncated, .pixelDataShort: .truncated
            case .tooDeep, .tooManyElements, .tooLarge: .beyondLimits
            case .unreadable: .unreadable
            default: .damaged
            }
        self.init(reason: reason, sentence: error.message, offset: error.offset, tag: error.tag)
    }

    init(_ error: CurationError) {
        let reason: QuarantineReason =
            switch error.code {
            case .burnedInText: .burnedInText
            case .encapsulatedDocument: .document
            case .missingAttribute: .incomplete
            case .contradiction: .contradiction
            case .encrypted: .encrypted
            case .unknownForm: .unknownForm
            case .damagedPixels: .damaged
            case .unreadable: .unreadable
            default: .damaged
            }
        self.init(reason: reason, sentence: error.description, tag: error.tag)
    }

    init(_ error: FileError) {
        self.init(reason: .unreadable, sentence: "cannot \(error.operation) it: \(error.cause)")
    }
}

extension FileError {
    /// What the system said, without the path.
    var cause: String {
        description.split(separator: ": ").last.map(String.init) ?? "error \(code)"
    }
}
