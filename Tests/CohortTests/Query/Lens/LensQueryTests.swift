import Foundation
import Testing

@testable import Cohort

/// Questions in the form of samply/lens (`src/types/ast.ts`) with the keys and values of EUCAIM's explorer
/// (`catalogue-eucaim.json`); what each asks is written by hand.
@Suite("Questions of EUCAIM's explorer")
struct LensQueryTests {
    private func asked(_ json: String) throws -> String { try LensQuery(Array(json.utf8)).query.text }

    private func criterion(_ key: String, _ type: String = "EQUALS", _ value: String) -> String {
        #"{"key":"\#(key)","type":"\#(type)","system":"","value":\#(value)}"#
    }

    private func question(_ criterion: String) -> String {
        #"{"operand":"OR","children":[{"operand":"AND","children":[{"operand":"OR","children":[\#(criterion)]}]}]}"#
    }

    @Test("the tree comes bare, in its envelope, and wrapped twice in base64")
    func wrappings() throws {
        let tree = question(criterion("RID10311", "EQUALS", #""RID10312""#))
        let inner = #"{"ast":\#(tree),"id":"b6f9f9f0-0000-4000-8000-000000000001__search__b6f9"}"#
        let outer = #"{"lang":"ast","query":"\#(Data(inner.utf8).base64EncodedString())"}"#
        let whole = Data(outer.utf8).base64EncodedString()
        for form in [tree, inner, outer, whole] { #expect(try asked(form) == "series.modality = MR") }
        #expect(try LensQuery(Array(whole.utf8)).id == "b6f9f9f0-0000-4000-8000-000000000001__search__b6f9")
        #expect(try LensQuery(Array(tree.utf8)).id == nil)
    }

    @Test("no criterion at all asks for everything, in both forms that Lens had for it")
    func empty() throws {
        #expect(try asked(#"{"operand":"OR","children":[]}"#) == "everything")
        #expect(try asked(#"{"operand":"OR","children":[{"operand":"AND","children":[]}]}"#) == "everything")
    }

    @Test(
        "every value of the imaging and patient keys is asked for as what it means",
        arguments: [
            ("SNOMEDCT263495000", "SNOMEDCT248153007", "patient.sex = M"),
            ("SNOMEDCT263495000", "SNOMEDCT248152002", "patient.sex = F"),
            ("SNOMEDCT263495000", "SNOMEDCT74964007", "patient.sex = O"),
            ("SNOMEDCT263495000", "SNOMEDCT261665006", "not exists patient.sex"),
            ("RID10311", "RID10312", "series.modality = MR"), ("RID10311", "RID10337", "series.modality = PT"),
            ("RID10311", "RID10321", "series.modality = CT"), ("RID10311", "RID10334", "series.modality = NM"),
            ("SNOMEDCT123037004", "SNOMEDCT76752008", "series.bodyPart = BREAST"),
            ("SNOMEDCT123037004", "SNOMEDCT71854001", "series.bodyPart = COLON"),
            ("SNOMEDCT123037004", "SNOMEDCT39607008", "series.bodyPart = LUNG"),
            ("SNOMEDCT123037004", "SNOMEDCT12921003", "series.bodyPart = PELVIS"),
            ("SNOMEDCT123037004", "SNOMEDCT41216001", "series.bodyPart = PROSTATE"),
            ("SNOMEDCT439401001", "SNOMEDCT399068003", "condition.diagnosis = prostate-cancer"),
            ("SNOMEDCT439401001", "SNOMEDCT254837009", "condition.diagnosis = breast-cancer"),
            ("SNOMEDCT439401001", "SNOMEDCT363358000", "condition.diagnosis = lung-cancer"),
            ("SNOMEDCT439401001", "SNOMEDCT363406005", "condition.diagnosis = colon-cancer"),
            ("SNOMEDCT439401001", "SNOMEDCT363351006", "condition.diagnosis = rectal-cancer"),
            ("SNOMEDCT439401001", "SNOMEDCT363484005", "condition.topography = C76.3"),
            ("EUCAIM_Hyper-Ontology_V1.0.CLIN1045815", "EUCAIM_Hyper-Ontology_V1.0.COM1001310", "marker.ER = positive"),
            ("EUCAIM_Hyper-Ontology_V1.0.CLIN1046085", "EUCAIM_Hyper-Ontology_V1.0.COM1001332", "marker.PR = negative"),
            (
                "EUCAIM_Hyper-Ontology_V1.0.CLIN1037294", "EUCAIM_Hyper-Ontology_V1.0.CLIN1026298",
                "condition.gleason = 7"
            ),
            ("EUCAIM_Hyper-Ontology_V1.0.CLIN1037300", "EUCAIM_Hyper-Ontology_V1.0.COM1001365", "condition.isup = 2"),
            ("EUCAIM_Hyper-Ontology_V1.0.CLIN1033379", "EUCAIM_Hyper-Ontology_V1.0.COM1000370", "condition.cT = T2a"),
            ("EUCAIM_Hyper-Ontology_V1.0.CLIN1033358", "EUCAIM_Hyper-Ontology_V1.0.COM1000300", "condition.cN = N1"),
            ("C25392", "C200140", "series.manufacturer contains siemens"),
            ("C25392", "birnlex_3066", "series.manufacturer contains siemens"),
            ("C25392", "birnlex_3065", "series.manufacturer contains philips"),
            ("C25392", "birnlex_3067", "series.manufacturer contains toshiba"),
        ])
    func values(key: String, value: String, text: String) throws {
        #expect(try asked(question(criterion(key, "EQUALS", "\"\(value)\""))) == text)
    }

    @Test("every value of every key of the catalogue can be asked in this version's model")
    func catalogue() throws {
        for name in LensVocabulary.names {
            switch try #require(LensVocabulary.key(name)).values {
            case .codes(let codes), .makers(let codes):
                for code in codes {
                    #expect(throws: Never.self) {
                        try asked(question(criterion(name, "EQUALS", "\"\(code.codes[0])\"")))
                    }
                }
            case .number: #expect(throws: Never.self) { try asked(question(criterion(name, "GREATER_THAN", "3"))) }
            }
        }
    }

    @Test("what is asked only nearly is reported with how; what is asked as it stands is applied")
    func approximations() throws {
        let spect = try LensQuery(Array(question(criterion("RID10311", "EQUALS", #""RID10334""#)).utf8))
        #expect(spect.reports.map(\.status) == [.approximated])
        #expect(spect.reports[0].text == "RID10311 EQUALS RID10334")
        #expect(spect.reports[0].reason == "SPECT is the DICOM modality NM, which planar scintigraphy has, too")
        let tomography = try LensQuery(Array(question(criterion("RID10311", "EQUALS", #""RID10321""#)).utf8))
        #expect(tomography.reports == [ConditionReport(text: "RID10311 EQUALS RID10321", status: .applied)])
    }

    @Test("several values of one key are alternatives, several branches too, and IN is a list")
    func alternatives() throws {
        let either = [#""RID10312""#, #""RID10321""#].map { criterion("RID10311", "EQUALS", $0) }
        #expect(try asked(question(either.joined(separator: ","))) == "series.modality = MR or series.modality = CT")
        #expect(
            try asked(question(criterion("RID10311", "IN", #"["RID10312","RID10337"]"#)))
                == "series.modality = MR or series.modality = PT")
        let branches = either.map { #"{"operand":"AND","children":[{"operand":"OR","children":[\#($0)]}]}"# }
        #expect(
            try asked(#"{"operand":"OR","children":[\#(branches.joined(separator: ","))]}"#)
                == "series.modality = MR or series.modality = CT")
    }

    @Test("NOT and XOR mean what they say")
    func operands() throws {
        let mr = criterion("RID10311", "EQUALS", #""RID10312""#)
        let female = criterion("SNOMEDCT263495000", "EQUALS", #""SNOMEDCT248152002""#)
        #expect(try asked(#"{"operand":"NOT","children":[\#(mr)]}"#) == "not series.modality = MR")
        #expect(
            try asked(#"{"operand":"NOT","children":[\#(mr),\#(female)]}"#)
                == "not (series.modality = MR or patient.sex = F)")
        #expect(
            try asked(#"{"operand":"XOR","children":[\#(mr),\#(female)]}"#)
                == "(series.modality = MR or patient.sex = F) and not (series.modality = MR and patient.sex = F)")
        #expect(try asked(question(criterion("RID10311", "NOT_EQUALS", #""RID10312""#))) == "not series.modality = MR")
    }

    @Test(
        "ages and years are those of the diagnosis, with either end open",
        arguments: [
            ("SNOMEDCT423493009", "BETWEEN", #"{"min":40,"max":60}"#, "condition.ageAtDiagnosis between 40 and 60"),
            ("SNOMEDCT423493009", "BETWEEN", #"{"min":40}"#, "condition.ageAtDiagnosis >= 40"),
            ("SNOMEDCT423493009", "BETWEEN", #"{"max":60.5}"#, "condition.ageAtDiagnosis <= 60.5"),
            ("SNOMEDCT423493009", "LOWER_THAN", "18", "condition.ageAtDiagnosis < 18"),
            ("SNOMEDCT423493009", "GREATER_THAN", #""70""#, "condition.ageAtDiagnosis > 70"),
            (
                "SNOMEDCT432213005", "BETWEEN", #"{"min":2015,"max":2019}"#,
                "condition.yearOfDiagnosis between 2015 and 2019"
            ),
            ("SNOMEDCT432213005", "EQUALS", "2020", "condition.yearOfDiagnosis = 2020"),
            ("SNOMEDCT432213005", "NOT_EQUALS", "2020", "not condition.yearOfDiagnosis = 2020"),
        ])
    func ofDiagnosis(key: String, type: String, value: String, text: String) throws {
        #expect(try asked(question(criterion(key, type, value))) == text)
    }

    @Test("what is asked of a diagnosis in one branch is asked of one and the same")
    func sameDiagnosis() throws {
        let groups = [
            criterion("SNOMEDCT439401001", "EQUALS", #""SNOMEDCT254837009""#),
            criterion("SNOMEDCT423493009", "BETWEEN", #"{"max":40}"#), criterion("RID10311", "EQUALS", #""RID10312""#),
        ].map { #"{"operand":"OR","children":[\#($0)]}"# }
        #expect(
            try asked(#"{"operand":"AND","children":[\#(groups.joined(separator: ","))]}"#)
                == "series.modality = MR and has condition (condition.diagnosis = breast-cancer and "
                + "condition.ageAtDiagnosis <= 40)")
    }

    @Test("a maker can be asked for by a part of the name")
    func contains() throws {
        let text = try asked(question(criterion("C25392", "CONTAINS", #""hologic""#)))
        #expect(text == "series.manufacturer contains hologic")
    }

    @Test(
        "what cannot be asked is named, and the rest is not asked without it",
        arguments: [
            ("EUCAIM_Hyper-Ontology_V1.0.XYZ1", "EQUALS", #""COM1001310""#, "this key is not known here"),
            ("RID10311", "EQUALS", #""RID99999""#, "RID99999 is not a value of Modality here"),
            ("RID10311", "BETWEEN", #"{"min":1,"max":2}"#, "Modality can be asked with EQUALS"),
            ("RID10311", "CONTAINS", #""MR""#, "Modality can be asked with EQUALS"),
            ("SNOMEDCT423493009", "EQUALS", #""old""#, "Age at Diagnosis is compared with a number"),
            ("SNOMEDCT423493009", "BETWEEN", #"{}"#, "a range has `min` or `max` or both"),
        ])
    func unsupported(key: String, type: String, value: String, reason: String) throws {
        let both = criterion(key, type, value) + "," + criterion("RID10311", "EQUALS", #""RID10312""#)
        let error = #expect(throws: LensError.self) { try LensQuery(Array(question(both).utf8)) }
        guard case .unsupported(let reports) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reports.count == 1 && reports[0].status == .unsupported)
        #expect(reports[0].text.hasPrefix("\(key) \(type) "))
        #expect(reports[0].reason?.hasPrefix(reason) == true, "\(reports[0].reason ?? "")")
    }

    @Test(
        "what is no question is refused with what is wrong",
        arguments: [
            ("", "cannot be read"), ("%%%", "neither JSON nor base64"), ("[]", "not a list"),
            (#"{"operand":"NAND","children":[]}"#, "NAND"), (#"{"operand":"AND"}"#, "`children`"),
            (#"{"key":"RID10311","value":"RID10312"}"#, "`type`"),
            (#"{"key":"RID10311","type":"LIKE","value":"RID10312"}"#, "LIKE"),
            (#"{"key":"RID10311","type":"EQUALS","value":"RID10312","extra":1}"#, "extra"),
            (#"{"lang":"cql","query":"e30="}"#, "not CQL"),
            (#"{"operand":"AND","children":[{"operand":"OR","children":[]}]}"#, "no children"),
        ])
    func malformed(json: String, words: String) throws {
        let error = #expect(throws: LensError.self) { try LensQuery(Array(json.utf8)) }
        guard case .malformed(let sentence) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.contains(words), "\(sentence)")
    }

    @Test("a tree too deep or too large is refused, not followed")
    func bounds() {
        let leaf = criterion("RID10311", "EQUALS", #""RID10312""#)
        let opening = String(repeating: #"{"operand":"NOT","children":["#, count: 5000)
        let deep = opening + leaf + String(repeating: "]}", count: 5000)
        let exclusive = #"{"operand":"XOR","children":[\#(Array(repeating: leaf, count: 40).joined(separator: ","))]}"#
        let wide = #"{"operand":"AND","children":[\#((0..<2000).map { _ in leaf }.joined(separator: ","))]}"#
        for json in [deep, exclusive, wide] {
            #expect(throws: LensError.self) { try LensQuery(Array(json.utf8)) }
        }
    }

    @Test(
        "base64 is read as Foundation reads it",
        arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{e9}\u{1F600}"])
    func base64(text: String) {
        #expect(Base64Text.bytes(Array(Data(text.utf8).base64EncodedString().utf8)) == Array(text.utf8))
        #expect(Base64Text.bytes(Array("Zm9v*".utf8)) == nil)
        #expect(Base64Text.bytes(Array("Zm9vY".utf8)) == nil)
    }
}
