import Federation
import Governance

/// The form of a request, filled in as far as it is.
struct RequestFormView {
    struct Section {
        var label: String
        var sectionHelp: String?
        var fields: [Field]
    }

    struct Field {
        var id: String
        /// The same, for the choices below it: their own id hides this one.
        var question: String
        var label: String
        var help: String?
        var isRequired: Bool
        var problem: String?
        /// When it is asked only after a certain answer.
        var hint: String?
        var isText = false
        var isLong = false
        var isChoice = false
        var isMulti = false
        var isDate = false
        var isNumber = false
        var isAttachment = false
        var isTable = false
        var value = ""
        var most = 0
        var choices: [Choice] = []
        var columns: [String] = []
        var rows: [Row] = []
        var files: [RequestView.File] = []
    }

    struct Choice {
        var id: String
        var label: String
        var isChosen: Bool
    }

    struct Row {
        struct Cell {
            var name: String
            var label: String
            var value: String
        }

        var cells: [Cell]
    }

    var frame: Frame
    var style = WebAsset.link("requests.css")
    var id: String
    var version: Int
    var title: String
    var isDraft: Bool
    var sections: [Section]
    var alert: String?
    var missing: Int

    init(
        frame: Frame, _ request: AccessRequest, form: AccessForm, answers: [String: FormAnswer], title: String,
        language: String, problem: String?, showsMissing: Bool
    ) {
        self.frame = frame
        id = request.id
        version = request.version
        self.title = title
        isDraft = request.state == .draft
        alert = problem
        let problems = showsMissing ? form.problems(answers) : form.unacceptable(answers)
        missing = problems.count
        sections = form.sections.map { section in
            Section(
                label: section.label.text(language), sectionHelp: section.help?.text(language),
                fields: section.fields.map { field in
                    var view = Field(field, answers[field.id], language, request.id)
                    view.problem = problems.first { $0.field == field.id }?.message
                    if let condition = field.visibleIf, let other = form.field(condition.field) {
                        let values = other.choices.filter { condition.values.contains($0.id) }.map {
                            $0.label.text(language)
                        }
                        view.hint = "\(other.label.text(language)) → \(values.joined(separator: ", "))"
                    }
                    return view
                })
        }
    }
}

extension RequestFormView.Field {
    /// Rows that a table shows beyond those that are filled in.
    private static let spareRows = 2

    init(_ field: FormField, _ answer: FormAnswer?, _ language: String, _ request: String) {
        id = field.id
        question = field.id
        label = field.label.text(language)
        help = field.help?.text(language)
        isRequired = field.need != .optional
        most = field.most
        switch answer {
        case .text(let text), .date(let text): value = text
        case .number(let number):
            value = number == number.rounded() && abs(number) < 1e12 ? "\(Int(number))" : "\(number)"
        case .attachments(let list): files = list.map { RequestView.File($0, request) }
        case .choices, .table, nil: break
        }
        var chosen: [String] = []
        if case .choices(let names) = answer { chosen = names }
        choices = field.choices.map {
            .init(id: $0.id, label: $0.label.text(language), isChosen: chosen.contains($0.id))
        }
        columns = field.columns.map { $0.label.text(language) }
        switch field.kind {
        case .text: isText = true
        case .long: isLong = true
        case .choice: isChoice = true
        case .multi: isMulti = true
        case .date: isDate = true
        case .number: isNumber = true
        case .attachment: isAttachment = true
        case .table:
            isTable = true
            var filled: [[String]] = []
            if case .table(let cells) = answer { filled = cells }
            rows = (0..<min(field.most, filled.count + Self.spareRows)).map { row in
                .init(
                    cells: columns.enumerated().map { column, label in
                        .init(
                            name: "f.\(field.id).\(row).\(column)", label: "\(label) \(row + 1)",
                            value: filled.indices.contains(row) && filled[row].indices.contains(column)
                                ? filled[row][column] : "")
                    })
            }
        }
    }
}
