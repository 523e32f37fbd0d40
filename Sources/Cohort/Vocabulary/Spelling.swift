/// Words in the form in which they are compared: without regard to case, accents and repeated spaces.
enum Spelling {
    static func folded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var gap = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                gap = !bytes.isEmpty
                continue
            }
            if gap {
                bytes.append(UInt8(ascii: " "))
                gap = false
            }
            switch scalar.value {
            case 0x41...0x5A: bytes.append(UInt8(scalar.value + 0x20))
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            // A combining accent goes with what it stands on.
            case 0x300..<0x370: continue
            default: bytes.append(contentsOf: (plain[scalar] ?? scalar.properties.lowercaseMapping).utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Letters of the languages of Europe that are written with accents, and marks that are written in two ways.
    private static let plain: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [
            "’": "'", "‘": "'", "–": "-", "—": "-", "·": ".", "ß": "ss", "œ": "oe", "æ": "ae",
        ]
        for (plain, accented) in [
            ("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ"), ("c", "çćčÇĆČ"), ("d", "ďđĎĐ"), ("e", "èéêëēėęěÈÉÊËĒĖĘĚ"), ("g", "ğģĞĢ"),
            ("i", "ìíîïīįıÌÍÎÏĪĮİ"), ("k", "ķĶ"), ("l", "łľļŁĽĻ"), ("n", "ñńňņÑŃŇŅ"), ("o", "òóôõöøőōÒÓÔÕÖØŐŌ"),
            ("r", "řŘ"), ("s", "śšşșŚŠŞȘ"), ("t", "ťţțŤŢȚ"), ("u", "ùúûüūůűųÙÚÛÜŪŮŰŲ"), ("y", "ýÿÝŸ"),
            ("z", "źżžŹŻŽ"),
        ] {
            for scalar in accented.unicodeScalars { table[scalar] = plain }
        }
        return table
    }()
}
