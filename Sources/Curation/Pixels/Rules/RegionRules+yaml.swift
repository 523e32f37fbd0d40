extension RegionRules {
    /// Reads a file of rules.
    ///
    /// - Throws: ``RegionRulesError`` with the line and what to write instead.
    public init(yaml: String) throws(RegionRulesError) {
        guard !yaml.allSatisfy(\.isWhitespace) else {
            throw RegionRulesError(line: nil, message: "the file is empty; write `rules:` and a list of rules")
        }
        let root: ProfileNode
        do throws(ProfileError) {
            root = try ProfileNode(yaml: yaml)
        } catch {
            throw RegionRulesError(line: error.line, message: error.message)
        }
        guard let fields = root.fields, fields.count == 1, let only = fields.first, only.name == "rules",
            let list = only.value.list
        else {
            throw RegionRulesError(line: root.line, message: "the file must be `rules:` and a list of rules")
        }
        var rules: [RegionRule] = []
        for entry in list { rules.append(try Self.rule(entry)) }
        self.init(rules: rules)
    }

    private static func rule(_ node: ProfileNode) throws(RegionRulesError) -> RegionRule {
        guard let fields = node.fields else {
            throw RegionRulesError(line: node.line, message: "a rule is made of lines such as `modality: US`")
        }
        var rule = RegionRule()
        for (name, value) in fields {
            if let condition = RegionRule.Condition(rawValue: name) {
                guard let text = value.text, !text.isEmpty else {
                    throw RegionRulesError(line: value.line, message: "`\(name)` needs a text, such as \"Acme*\"")
                }
                rule.texts[condition] = text
            } else if name == "rows" {
                rule.rows = try number(value, name, from: 1)
            } else if name == "columns" {
                rule.columns = try number(value, name, from: 1)
            } else if name == "cover" {
                for place in value.list ?? [] { rule.cover.append(try Self.place(place)) }
            } else {
                throw RegionRulesError(
                    line: value.line,
                    message:
                        "rules do not have `\(name)`; they have modality, sop class, manufacturer, model, rows, columns and cover"
                )
            }
        }
        guard !rule.cover.isEmpty else {
            throw RegionRulesError(
                line: node.line,
                message: "the rule covers nothing; write `cover:` and a list such as { top: 0, height: 60 }")
        }
        guard !rule.texts.isEmpty || rule.rows != nil || rule.columns != nil else {
            throw RegionRulesError(
                line: node.line, message: "the rule is for every object; write what it is for, such as `modality: US`")
        }
        return rule
    }

    private static func place(_ node: ProfileNode) throws(RegionRulesError) -> RegionRule.Place {
        guard let fields = node.fields, !fields.isEmpty else {
            throw RegionRulesError(
                line: node.line, message: "a place is written as { left: 0, top: 0, width: 300, height: 60 }")
        }
        var place = RegionRule.Place()
        for (name, value) in fields {
            switch name {
            case "left": place.left = try number(value, name, from: -1_000_000)
            case "top": place.top = try number(value, name, from: -1_000_000)
            case "width": place.width = try number(value, name, from: 1)
            case "height": place.height = try number(value, name, from: 1)
            default:
                throw RegionRulesError(
                    line: value.line, message: "places do not have `\(name)`; they have left, top, width and height")
            }
        }
        return place
    }

    private static func number(_ node: ProfileNode, _ name: String, from least: Int) throws(RegionRulesError) -> Int {
        guard let text = node.text, let number = Int(text), number >= least, number <= 1_000_000 else {
            throw RegionRulesError(line: node.line, message: "`\(name)` needs a whole number from \(least) to 1000000")
        }
        return number
    }
}
