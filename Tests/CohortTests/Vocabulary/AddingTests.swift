import Testing

@testable import Cohort

@Suite("A site's own vocabulary")
struct AddingTests {
    private func adding(_ json: String) throws -> Vocabulary { try Vocabulary.standard.adding(Array(json.utf8)) }

    private func problem(_ json: String) -> String {
        do {
            _ = try adding(json)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("adds synonyms to what is known, and concepts to open sets")
    func adds() throws {
        let own = try adding(
            """
            {"sets": [{"name": "diagnosis", "concepts": [
              {"code": "breast-cancer", "label": "Mamma-Ca", "synonyms": ["Brustkrebs"], "codings": ["NCIt:C9335"]},
              {"code": "thymoma", "label": "Thymoma", "es": "Timoma", "within": "lung-cancer"}]}]}
            """)
        #expect(own.find("BRUSTKREBS", in: "diagnosis")?.code == "breast-cancer")
        #expect(own.find("breast-cancer", in: "diagnosis")?.label == "Breast cancer", "known labels stay")
        #expect(own.find("NCIt:C9335", in: "diagnosis")?.code == "breast-cancer")
        #expect(own.find("timoma", in: "diagnosis")?.code == "thymoma")
        #expect(own.sets["diagnosis"]?.isWithin("thymoma", "lung-cancer") == true)
        #expect(Vocabulary.standard.find("Brustkrebs", in: "diagnosis") == nil)
    }

    @Test("can be YAML, and adds sets")
    func yaml() throws {
        let own = try Vocabulary.standard.adding(
            yaml: """
                sets:
                  - name: biobank
                    label: Biobank
                    closed: true
                    concepts:
                      - {code: 1.10, label: No, synonyms: [none]}
                  - name: sex
                    concepts: [{code: F, label: Female, synonyms: [weiblich]}]
                """)
        #expect(own.find("no", in: "biobank")?.code == "1.10")
        #expect(own.sets["biobank"]?.isClosed == true)
        #expect(own.find("weiblich", in: "sex")?.code == "F")
    }

    @Test(
        "with a mistake says in which set and concept, and what to do",
        arguments: [
            (#"{"set": []}"#, "`set` is not known in the vocabulary; did you mean `sets`?"),
            (#"{"sets": {}}"#, "a list of value sets"),
            (#"{"sets": [{"concepts": []}]}"#, "a value set has no `name`"),
            (#"{"sets": [{"name": "diagnosis"}]}"#, "the value set diagnosis needs `concepts`"),
            (#"{"sets": [{"name": "a", "concepts": [{"code": "x"}]}]}"#, "x in the value set a has no `label`"),
            (
                #"{"sets": [{"name": "a", "concepts": [{"code": "x", "label": "X", "codings": ["SNOMET:1"]}]}]}"#,
                "\"SNOMET\" in x in the value set a is no system"
            ),
            (
                #"{"sets": [{"name": "a", "concepts": [{"code": "x", "label": "X", "codings": ["254837009"]}]}]}"#,
                "write the system before the code"
            ),
            (
                #"{"sets": [{"name": "stage", "concepts": [{"code": "IIIE", "label": "E", "within": ["IIII"]}]}]}"#,
                "IIIE in stage is within IIII, which is not there; did you mean III?"
            ),
            (
                #"{"sets": [{"name": "stage", "concepts": [{"code": "III", "label": "E", "within": ["IIIA"]}]}]}"#,
                "within itself"
            ),
            (
                #"{"sets": [{"name": "sex", "concepts": [{"code": "Q", "label": "Q"}]}]}"#,
                "the value set sex is closed, and Q is none of its codes"
            ),
            (
                #"{"sets": [{"name": "sex", "closed": false, "concepts": []}]}"#, "the value set sex is closed"
            ),
            (
                #"{"sets": [{"name": "diagnosis", "system": "ICD-10", "concepts": []}]}"#,
                "the codes of the value set diagnosis are Atles, not ICD-10"
            ),
            (
                #"{"sets": [{"name": "modality", "concepts": [{"code": "MR", "label": "MR", "synonyms": ["pet"]}]}]}"#,
                "the synonym \"pet\" of MR in modality means PT already"
            ),
            (#"{"sets": [{"name": "a", "concepts": []}, {"name": "a", "concepts": []}]}"#, "is there twice"),
            (#"{"sets": ["#, "no JSON that can be read"),
        ])
    func mistakes(json: String, message: String) { #expect(problem(json).contains(message), "\(problem(json))") }

    @Test("that is hostile YAML is refused", arguments: ["", "a: [", "- 1", "sets: &a [*a]"])
    func hostile(yaml: String) {
        #expect(throws: VocabularyError.self) { try Vocabulary.standard.adding(yaml: yaml) }
    }

    @Test("that multiplies itself by aliases is refused before it fills the memory")
    func aliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<9 {
            let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(inner)]\n"
        }
        #expect(throws: VocabularyError.self) { try Vocabulary.standard.adding(yaml: text) }
    }
}
