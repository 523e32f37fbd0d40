import Federation

extension AccessForm {
    /// What the answers say to terms of use. What was not asked or not answered is unknown, and then a person must look.
    public func purpose(_ answers: [String: FormAnswer]) -> DataUsePurpose {
        var purpose = DataUsePurpose(kinds: [])
        for field in fields where isVisible(field, answers) {
            guard let meaning = field.meaning, let answer = answers[field.id] else { continue }
            switch meaning {
            case .kinds: purpose.kinds.formUnion(answer.names.compactMap(DataUsePurpose.Kind.init))
            case .diseases:
                purpose.diseases.formUnion(answer.words.map { $0.uppercased() }.filter(DataUseTerm.isDisease))
            case .countries:
                purpose.countries.formUnion(answer.words.map { $0.uppercased() }.filter(CountryCode.isAssigned))
            case .genetic: purpose.isGenetic = answer.yesOrNo
            case .commercial: purpose.isCommercial = answer.yesOrNo
            case .notForProfit: purpose.isNotForProfitOrganisation = answer.yesOrNo
            case .ethicsApproval: purpose.hasEthicsApproval = answer.yesOrNo
            case .publish: purpose.willPublish = answer.yesOrNo
            case .collaborate: purpose.willCollaborate = answer.yesOrNo
            case .returnResults: purpose.willReturnResults = answer.yesOrNo
            case .publicationDay: purpose.publicationDay = answer.day
            case .until: purpose.until = answer.day
            case .people: purpose.people.formUnion(answer.lines)
            case .institutions: purpose.institutions.formUnion(answer.lines)
            case .project: purpose.project = answer.lines.first
            case .outputs: break
            }
        }
        return purpose
    }

    /// What is asked to leave the sites.
    public func outputs(_ answers: [String: FormAnswer]) -> Set<GrantedOutput> {
        let names = fields.filter { $0.meaning == .outputs && isVisible($0, answers) }.flatMap {
            answers[$0.id]?.names ?? []
        }
        return Set(names.compactMap(GrantedOutput.init))
    }
}

extension FormAnswer {
    fileprivate var names: [String] {
        if case .choices(let names) = self { names } else { [] }
    }

    fileprivate var yesOrNo: Bool? {
        names == ["yes"] ? true : names == ["no"] ? false : nil
    }

    fileprivate var day: Day? {
        if case .date(let text) = self { Day(text) } else { nil }
    }

    /// Words between commas and spaces.
    fileprivate var words: [String] {
        guard case .text(let text) = self else { return lines }
        return text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
    }

    /// Lines of a text, or the first column of a table.
    fileprivate var lines: [String] {
        switch self {
        case .text(let text): text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
        case .table(let rows): rows.compactMap(\.first).map { $0[...].trimmed }.filter { !$0.isEmpty }
        default: []
        }
    }
}
