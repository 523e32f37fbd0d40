/// What the name of a column says, in the languages that hospitals' tables are named in.
struct ColumnWords {
    private let words: Set<String>
    private let joined: String

    init(_ name: String) {
        var words: Set<String> = []
        var word = ""
        var before: Character = " "
        for character in name {
            // "PatientID" and "patient_id" are two words each.
            let isBreak = !(character.isLetter || character.isNumber) || character.isUppercase && before.isLowercase
            if isBreak, !word.isEmpty {
                words.insert(word)
                word = ""
            }
            if character.isLetter || character.isNumber { word += character.lowercased() }
            before = character
        }
        if !word.isEmpty { words.insert(word) }
        self.words = words
        joined = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private func has(_ list: Set<String>) -> Bool { !words.isDisjoint(with: list) || list.contains(joined) }

    var isPatientID: Bool {
        has([
            "patientid", "patid", "pid", "mrn", "patientnumber", "patientno", "hospitalnumber", "patientnummer",
            "patnr",
            "nhc", "subjectid", "subject", "pseudonym", "patientcode", "idpatient", "idpaciente", "paziente",
            "patientennummer",
        ]) || has(["patient"]) && isIdentifier
    }

    var isIdentifier: Bool {
        has([
            "id", "number", "no", "nr", "num", "nummer", "numero", "número", "code", "identifier", "accession",
            "fallnummer",
            "episode", "uid", "barcode", "specimen",
        ])
    }

    /// What a column identifies that must not stay; nil where its name says nothing of the kind.
    var identifies: KnownIdentifiers.Kind? {
        if has([
            "doctor", "physician", "radiologist", "surgeon", "arzt", "ärztin", "médico", "medico", "médecin", "medecin",
            "referrer", "operator", "nurse", "author", "reporter",
        ]) {
            return .staffName
        }
        if has(["hospital", "institution", "clinic", "klinik", "krankenhaus", "department", "ward", "station"]) {
            return has(["hospitalnumber"]) ? .patientID : .institution
        }
        if has([
            "name", "surname", "firstname", "lastname", "forename", "vorname", "nachname", "nombre", "apellido",
            "apellidos", "nom", "prénom", "prenom", "nome", "cognome", "sobrenome", "naam", "initials", "patientname",
        ]) {
            return .patientName
        }
        if has([
            "address", "street", "adresse", "straße", "strasse", "dirección", "direccion", "rue", "indirizzo", "adres",
        ]) {
            return .address
        }
        if has(["phone", "telephone", "telefon", "teléfono", "telefono", "téléphone", "mobile", "email", "mail", "fax"])
        {
            return .phone
        }
        if has([
            "ssn", "nhs", "insurance", "versicherungsnummer", "dni", "nie", "nif", "cip", "bsn", "pesel", "passport",
            "socialsecurity", "codicefiscale", "nir",
        ]) {
            return .patientID
        }
        return nil
    }

    var isBirth: Bool {
        has([
            "birth", "dob", "born", "birthdate", "dateofbirth", "birthday", "geburtsdatum", "geburt", "geburtstag",
            "nacimiento", "naissance", "nascita", "nascimento", "geboortedatum", "yob", "birthyear",
        ])
    }

    var isSex: Bool { has(["sex", "gender", "geschlecht", "sexo", "sexe", "sesso", "geslacht", "género", "genero"]) }

    var isAge: Bool { has(["age", "alter", "edad", "âge", "eta", "età", "idade", "leeftijd"]) }

    var isArea: Bool {
        has([
            "zip", "zipcode", "postcode", "postal", "postalcode", "plz", "postleitzahl", "codigopostal", "cp", "cap",
            "cep",
            "district", "municipality", "county", "city", "town", "ort", "stadt", "ciudad", "ville", "città", "region",
        ])
    }

    var isText: Bool {
        has([
            "remark", "remarks", "comment", "comments", "note", "notes", "text", "description", "history", "anamnesis",
            "bemerkung", "bemerkungen", "kommentar", "befund", "comentario", "comentarios", "observaciones", "remarque",
            "remarques", "commentaire", "osservazioni", "opmerkingen", "observações", "report", "free",
        ])
    }

    var isDate: Bool {
        has([
            "date", "datum", "fecha", "data", "day", "tag", "time", "datetime", "timestamp", "giorno", "jour",
            "year", "jahr", "año", "anno", "année", "month",
        ])
    }
}
