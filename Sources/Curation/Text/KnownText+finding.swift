extension KnownText {
    /// Marks the words that are known.
    func mark(_ text: WordedText, _ marks: inout [Bool]) {
        guard !isEmpty else { return }
        for (index, word) in text.words.enumerated() where isName(word) { marks[index] = true }
        markSpelledApart(text, &marks)
        markCodes(text, &marks)
        markPhones(text, &marks)
        markPhrases(text, &marks)
        markBirths(text, &marks)
        markBeside(text, &marks)
    }

    // MARK: Names

    private func isName(_ word: TextWord) -> Bool {
        if word.kind == .digits { return false }
        if names.contains(word.folded) { return true }
        if !continuous.isEmpty, word.folded.unicodeScalars.first?.isContinuousScript == true {
            return continuous.contains {
                word.folded.contains($0) || $0.hasPrefix(word.folded) && word.folded.count >= 2
            }
        }
        if word.kind == .mixed {
            return word.folded.split(whereSeparator: \.isNumber).contains {
                $0.count >= 3 && names.contains(String($0))
            }
        }
        guard word.length >= 6, !glued.isEmpty else { return false }
        return glued.contains { word.folded.contains($0) } && !SafeVocabulary.standard.contains(word.folded)
    }

    /// "D.O.E", "O'Brien", "D O E".
    private func markSpelledApart(_ text: WordedText, _ marks: inout [Bool]) {
        guard !names.isEmpty else { return }
        for start in text.words.indices {
            guard let first = text[start], first.kind == .letters, first.length <= 24 else { continue }
            var joined = first.folded
            var end = start + 1
            while end < start + 12, let word = text[end], word.kind == .letters, joined.utf8.count <= 32 {
                let isLetter = word.length == 1 && (text[end - 1]?.length == 1)
                let isTight = word.before.utf8.count <= 3 && ["-", "'", "’", ".", "_", "`", "´"].contains(word.before)
                guard isTight || isLetter && word.before.utf8.count <= 2 else { break }
                joined += word.folded
                if joined.utf8.count >= 3, names.contains(joined) { for index in start...end { marks[index] = true } }
                end += 1
            }
        }
    }

    /// A short part of a name, or an initial, beside a longer one is that name's.
    private func markBeside(_ text: WordedText, _ marks: inout [Bool]) {
        guard !shortNames.isEmpty || !initials.isEmpty else { return }
        let before = marks
        for (index, word) in text.words.enumerated() where !before[index] && word.kind == .letters && word.length <= 2 {
            let isShort = shortNames.contains(word.folded)
            let isInitial = word.length == 1 && word.startsUpper && word.folded.first.map(initials.contains) == true
            guard isShort || isInitial else { continue }
            func isPart(_ place: Int) -> Bool {
                guard let other = text[place], before.indices.contains(place) else { return false }
                return before[place] && other.kind == .letters
                    || isShort && shortNames.contains(other.folded) && place != index
            }
            let next = text[index + 1]
            if isPart(index - 1) && word.before.utf8.count <= 2
                || isPart(index + 1) && (next?.before.utf8.count ?? 9) <= 2
            {
                marks[index] = true
            }
        }
    }

    // MARK: Numbers

    /// A code may be written in several pieces: "HOSP-12345", "123 456 789".
    private func markCodes(_ text: WordedText, _ marks: inout [Bool]) {
        guard longestCode > 0 else { return }
        for (start, word) in text.words.enumerated() {
            if let first = word.folded.utf8.first(where: { $0 != UInt8(ascii: "0") }), !codeStarts.contains(first),
                word.length <= 6
            {
                continue
            }
            var run = ""
            var end = start
            while end < start + 6, let next = text[end] {
                run += next.folded
                if run.utf8.count > longestCode + 8 { break }
                let bare = String(run.drop { $0 == "0" })
                if codes.contains(run) || bare.utf8.count >= 4 && codes.contains(bare) {
                    for index in start...end { marks[index] = true }
                }
                end += 1
            }
            // Inside a longer run: "ID12345X".
            if word.length > 6, longCodes.contains(where: { word.folded.contains($0) }) { marks[start] = true }
        }
    }

    private func markPhones(_ text: WordedText, _ marks: inout [Bool]) {
        guard !phones.isEmpty else { return }
        var start = 0
        while start < text.words.count {
            guard text[start]?.kind == .digits else {
                start += 1
                continue
            }
            var digits = text[start]?.folded ?? ""
            var end = start + 1
            while let word = text[end], word.kind == .digits, word.before.utf8.count <= 3, digits.utf8.count < 32 {
                digits += word.folded
                end += 1
            }
            if phones.contains(where: { digits.contains($0) }) { for index in start..<end { marks[index] = true } }
            start = end
        }
    }

    // MARK: Phrases

    private func markPhrases(_ text: WordedText, _ marks: inout [Bool]) {
        guard !phrases.isEmpty else { return }
        for (start, word) in text.words.enumerated() {
            for phrase in phrases[word.folded] ?? [] where start + phrase.count <= text.words.count {
                let there = text.words[start..<start + phrase.count]
                guard zip(there, phrase).allSatisfy({ $0.folded == $1 }) else { continue }
                for index in start..<start + phrase.count { marks[index] = true }
                guard streets.contains(phrase) else { continue }
                // The house's number, before or after.
                for index in [start - 1, start + phrase.count] where StreetAddresses.isNumber(text[index]) {
                    // "in Port Alexandra. 5 mm": the next sentence has numbers of its own.
                    let gap = text[max(index, start)]?.before ?? ""
                    if !gap.contains(where: { ".;\n".contains($0) }) { marks[index] = true }
                }
            }
        }
    }

    // MARK: Births

    /// The birth date in any order of its numbers, with two digits for the year or four.
    private func markBirths(_ text: WordedText, _ marks: inout [Bool]) {
        guard !birthDates.isEmpty else { return }
        for (start, first) in text.words.enumerated() where first.kind == .digits {
            guard let second = text[start + 1], let third = text[start + 2], second.before.utf8.count <= 3,
                third.before.utf8.count <= 3, let a = first.number, let b = second.number, let c = third.number
            else { continue }
            let isBirth = birthDates.contains { birth in
                let years = [birth.year, birth.year % 100]
                return years.contains(c) && (a == birth.day && b == birth.month || a == birth.month && b == birth.day)
                    || years.contains(a) && b == birth.month && c == birth.day
            }
            if isBirth { for index in start...start + 2 { marks[index] = true } }
        }
    }
}
