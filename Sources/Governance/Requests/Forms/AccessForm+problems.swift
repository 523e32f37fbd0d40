/// What is wrong with the answer to one field, for the person who wrote it.
public struct FormProblem: Sendable, Equatable {
    public let field: String
    public let message: String
}

extension AccessForm {
    /// What keeps the answers from being handed in. A draft may be as incomplete as it likes, but holds nothing that its
    /// form does not ask: see ``unacceptable(_:)``.
    public func problems(_ answers: [String: FormAnswer]) -> [FormProblem] {
        var problems = unacceptable(answers)
        for field in fields where isVisible(field, answers) {
            let answer = answers[field.id]
            guard let answer, !answer.isEmpty else {
                if field.need != .optional {
                    problems.append(FormProblem(field: field.id, message: "This must be answered."))
                }
                continue
            }
            if field.need == .all, case .choices(let names) = answer, names.count < field.choices.count {
                problems.append(FormProblem(field: field.id, message: "Every one of these must be ticked."))
            }
        }
        return problems
    }

    /// What cannot be kept, not even in a draft: answers of another kind, too long, or to questions that nobody asked.
    public func unacceptable(_ answers: [String: FormAnswer]) -> [FormProblem] {
        answers.keys.sorted().compactMap { id in
            guard let answer = answers[id] else { return nil }
            guard let field = field(id) else {
                return FormProblem(field: id, message: "The form has no such question.")
            }
            return field.problem(answer).map { FormProblem(field: id, message: $0) }
        }
    }
}

extension FormField {
    /// Bytes of one cell of a table.
    static let cellBytes = 500

    func problem(_ answer: FormAnswer) -> String? {
        switch (kind, answer) {
        case (.text, .text(let text)):
            if text.contains(where: \.isNewline) { return "This is one line." }
            return problem(text)
        case (.long, .text(let text)): return problem(text)
        case (.number, .number(let number)):
            return number.isFinite && abs(number) <= 1e12 ? nil : "This is no number that can be used."
        case (.date, .date(let text)):
            return text.isEmpty || Day(text) != nil ? nil : "This is no day; write it as 2027-03-31."
        case (.choice, .choices(let names)): return names.count <= 1 ? problem(names) : "Choose one."
        case (.multi, .choices(let names)): return problem(names)
        case (.attachment, .attachments(let files)):
            return files.count <= most ? nil : "At most \(most) files."
        case (.table, .table(let rows)):
            if rows.count > most { return "At most \(most) rows." }
            let isGood = rows.allSatisfy { row in
                row.count <= columns.count
                    && row.allSatisfy { $0.utf8.count <= Self.cellBytes && PlainText.isPrintable($0) }
            }
            return isGood
                ? nil : "A cell is longer than \(Self.cellBytes) bytes, or holds characters that do not print."
        default: return "This is not the kind of answer that is asked."
        }
    }

    private func problem(_ text: String) -> String? {
        // A character can be of any number of bytes: both are bounded.
        guard text.utf8.count <= 4 * most, text.count <= most else { return "At most \(most) characters." }
        return PlainText.isPrintable(text) ? nil : "It holds characters that do not print."
    }

    private func problem(_ names: [String]) -> String? {
        let isKnown = Set(names).count == names.count && names.allSatisfy { name in choices.contains { $0.id == name } }
        return isKnown ? nil : "Choose from what is there."
    }
}
