import DICOM

/// What an object says about itself from now on: that and how it was de-identified (PS3.15 E.1.1 step 10), and what became
/// of its pixels.
struct SelfDescription {
    let profile: ConfidentialityProfile
    let pixels: PixelStatement

    func append(to pass: inout DeidentificationPass, of original: DataSet) {
        pass.builder.append(.patientIdentityRemoved, .cs, string: "YES")
        pass.builder.append(.deidentificationMethod, .lo, strings: profile.methods)
        appendCodes(&pass)
        pass.builder.append(.longitudinalTemporalInformationModified, .cs, string: profile.temporalInformation)
        appendPixels(&pass, original)

        // Cohorts are found by patient and age: both are there afterwards, where the object allows them to be.
        pass.builder.append(.patientID, .lo, string: pass.subject.pseudonym)
        let keepsAge =
            profile.has(.retainPatientCharacteristics) && profile.characteristics?.contains(.patientAge) ?? true
            && profile.exceptions[.patientAge] == nil
        if keepsAge, original[.patientAge].flatMap(PatientCharacteristics.value) == nil,
            let age = PatientCharacteristics.age(
                born: original[.patientBirthDate]?.string, studied: original[.studyDate]?.string)
        {
            pass.builder.append(.patientAge, .as, string: age)
        }
    }

    /// Without a code to claim there is no sequence: the text of the method says what was done (type 1C).
    private func appendCodes(_ pass: inout DeidentificationPass) {
        let codes = profile.codes(pixels)
        guard !codes.isEmpty else { return }
        pass.builder.beginSequence(.deidentificationMethodCodeSequence)
        for code in codes {
            pass.builder.beginItem()
            DummyItem.code(code.value, MethodCode.scheme, code.meaning, &pass.builder)
            pass.builder.endItem()
        }
        pass.builder.endSequence()
    }

    private func appendPixels(_ pass: inout DeidentificationPass, _ original: DataSet) {
        switch pixels {
        case .notLookedAt: break
        case .free: pass.builder.append(.burnedInAnnotation, .cs, string: "NO")
        case .covered(let compression):
            pass.builder.append(.burnedInAnnotation, .cs, string: "NO")
            guard case .lossy(let ratio, let method) = compression else { return }
            // PS3.3 C.7.6.1.1.5: once lossy, for ever lossy; each step adds its ratio and method.
            pass.builder.append(.lossyImageCompression, .cs, string: "01")
            let ratios = (original[.lossyImageCompressionRatio]?.strings ?? []) + ["\((ratio * 100).rounded() / 100)"]
            let methods = (original[.lossyImageCompressionMethod]?.strings ?? []) + [method]
            pass.builder.append(.lossyImageCompressionRatio, .ds, strings: ratios)
            pass.builder.append(.lossyImageCompressionMethod, .cs, strings: methods)
        }
    }
}

extension Tag {
    static let lossyImageCompression = Tag(0x0028, 0x2110)
    static let lossyImageCompressionRatio = Tag(0x0028, 0x2112)
    static let lossyImageCompressionMethod = Tag(0x0028, 0x2114)
}
