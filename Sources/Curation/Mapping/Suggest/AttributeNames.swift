import Cohort

/// What columns are called that hold an attribute, in English, Spanish and Catalan.
enum AttributeNames {
    /// How well a column's name fits an attribute: 1 where it is one of its names.
    static func score(_ words: [String], _ attribute: CohortAttribute) -> Double {
        guard !words.isEmpty else { return 0 }
        let joined = words.joined()
        var best = 0.0
        for phrase in phrases[attribute.name] ?? [] {
            if phrase.joined() == joined { return 1 }
            let common = phrase.count { part in words.contains { matches($0, part) } }
            guard common > 0 else { continue }
            best = max(best, 0.95 * Double(common) / Double(words.count + phrase.count - common))
        }
        return best
    }

    /// The words of a name, without accents and without those that say nothing.
    static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var before: Character = " "
        for character in name {
            let isBreak = !(character.isLetter || character.isNumber) || character.isUppercase && before.isLowercase
            if isBreak, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character.isLetter || character.isNumber { word += plain(character) }
            before = character
        }
        if !word.isEmpty { words.append(word) }
        return words.filter { !empty.contains($0) }
    }

    private static func matches(_ one: String, _ other: String) -> Bool {
        one == other || min(one.count, other.count) >= 5 && (one.hasPrefix(other) || other.hasPrefix(one))
    }

    private static func plain(_ character: Character) -> String {
        accents[character.lowercased()] ?? character.lowercased()
    }

    private static let accents = [
        "á": "a", "à": "a", "â": "a", "ä": "a", "é": "e", "è": "e", "ê": "e", "ë": "e", "í": "i", "ï": "i", "ì": "i",
        "ó": "o", "ò": "o", "ö": "o", "ú": "u", "ü": "u", "ù": "u", "ñ": "n", "ç": "c",
    ]

    private static let empty: Set<String> = [
        "the", "of", "at", "in", "de", "del", "la", "el", "al", "els", "los", "las", "les", "a", "en", "d", "l", "y",
        "i",
        "patient", "paciente", "pacient", "value", "valor", "ajcc", "tnm",
    ]

    private static let phrases: [String: [[String]]] = {
        var table: [String: [[String]]] = [:]
        for attribute in CohortModel.attributes where !attribute.entity.isImaging {
            let own = attribute.name.split(separator: ".").last.map(String.init) ?? attribute.name
            let all = [own, attribute.label] + attribute.aliases + (translations[attribute.name] ?? [])
            table[attribute.name] = all.map(words).filter { !$0.isEmpty }
        }
        return table
    }()

    private static let translations: [String: [String]] = [
        "patient.sex": ["sexo", "sexe", "género", "gènere", "gender"],
        "patient.population": ["población", "població", "cohort", "grupo", "grup", "case control"],
        "patient.country": ["país", "pais"], "patient.ethnicity": ["etnia", "ètnia", "race", "raza"],
        "condition.diagnosis": ["diagnóstico", "diagnòstic", "tipo de cáncer", "cancer type"],
        "condition.icd10": ["icd 10 code", "cie 10", "cim 10"],
        "condition.topography": [
            "topografía", "topografia", "localización", "localització", "primary site", "icd o topography",
        ],
        "condition.morphology": [
            "morfología", "morfologia", "histología", "histologia", "histology code", "icd o morphology",
        ],
        "condition.laterality": ["lateralidad", "lateralitat", "lado", "costat", "side", "laterality"],
        "condition.ageAtDiagnosis": ["edad al diagnóstico", "edat al diagnòstic", "edad", "edat", "age"],
        "condition.dateOfDiagnosis": ["fecha de diagnóstico", "data de diagnòstic", "diagnosis date", "dx date"],
        "condition.dateOfDetection": ["fecha de detección", "data de detecció"],
        "condition.yearOfDiagnosis": ["año de diagnóstico", "any de diagnòstic"],
        "condition.stage": ["estadio", "estadi", "estadiaje", "tumor stage"],
        "condition.pathologicalStage": ["estadio patológico", "estadi patològic", "pathologic stage"],
        "condition.clinicalStage": ["estadio clínico", "estadi clínic"],
        "condition.pT": ["pathologic t", "t patológico"], "condition.pN": ["pathologic n", "n patológico"],
        "condition.pM": ["pathologic m", "m patológico"], "condition.cT": ["clinical t", "t clínico"],
        "condition.cN": ["clinical n", "n clínico"], "condition.cM": ["clinical m", "m clínico"],
        "condition.stageEdition": ["staging system edition"],
        "condition.grade": ["grado", "grau", "grado histológico", "grau histològic"],
        "condition.pathologyConfirmation": ["confirmación", "confirmació", "basis of diagnosis"],
        "condition.nodesPositive": ["ganglios positivos", "ganglis positius"],
        "marker.ER": ["receptor estrógeno", "receptor estrogen", "estrogen receptor", "er status"],
        "marker.PR": ["receptor progesterona", "progesterone receptor", "pr status"],
        "marker.HER2": ["her2 status", "her 2", "erbb2"], "marker.Ki67": ["ki 67"],
        "marker.PSA": ["antígeno prostático", "antigen prostàtic"],
        "treatment.type": ["tratamiento", "tractament", "therapy"], "treatment.agent": ["fármaco", "fàrmac", "drug"],
        "treatment.startDate": ["fecha de tratamiento", "data de tractament", "surgery date", "fecha cirugía"],
        "treatment.dose": ["dosis", "dosi"], "treatment.response": ["respuesta", "resposta"],
        "tumour.size": ["tamaño", "mida", "tumor size", "diameter", "diámetro", "diàmetre"],
        "tumour.birads": ["bi rads"], "tumour.pirads": ["pi rads"],
        "followUp.vitalStatus": ["estado vital", "estat vital", "vital status", "status"],
        "followUp.lastContactDate": ["último contacto", "fecha último contacto", "darrer contacte", "last follow up"],
        "followUp.dateOfDeath": ["fecha de muerte", "data de mort", "exitus", "fecha exitus"],
        "followUp.survivalDays": ["supervivencia", "supervivència", "os days", "survival time"],
        "history.smoking": ["tabaquismo", "tabaquisme", "fumador", "smoker"],
        "history.menopause": ["menopausia", "menopausa"], "history.bmi": ["imc"],
        "history.height": ["talla", "altura", "alçada"], "history.weight": ["peso", "pes"],
        "assessment.ecog": ["ecog ps"], "specimen.type": ["tipo de muestra", "tipus de mostra", "sample type"],
        "variant.gene": ["gen", "gene symbol", "hugo symbol"],
        "variant.hgvsCoding": ["hgvsc", "hgvs c"], "variant.hgvsProtein": ["hgvsp", "hgvs p", "protein change"],
    ]
}
