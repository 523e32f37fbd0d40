public import Cohort
public import Runtime

/// A node's settings, from `node.yaml`: short, commented, edited by the hospital's own people.
///
/// A setting that is missing has its default; one that is not known is an error, since a misspelt safety setting that
/// is silently ignored would be worse than none.
public struct NodeConfiguration: Sendable, Equatable {
    /// The data set's title, as researchers see it.
    public var title: String
    /// What is in it, in a sentence or two.
    public var summary: String
    /// What is kept of the originals: `research`, `basic`, or the path of a profile file, relative to the node's folder.
    public var profile: String
    /// Languages of text in pixels, by the names of Tesseract's data.
    public var languages: [String] = ["eng"]
    /// How small a group an answer may show.
    public var disclosure: DisclosureRule
    /// How much is remembered of what an asker was told.
    public var memory = MemoryRule()
    /// Attributes that this site does not answer questions about, by name (`patient.ageAtStudy`).
    public var withheld: [String]
    /// Takes in objects that say that text is burned into their pixels. Off: they go to quarantine.
    public var acceptsBurnedInText: Bool

    /// Where `atles node serve` opens the console; nil: it does not.
    public var console: ConsoleAddress?

    /// What may be computed here without a permit.
    public var analyses: AnalysisPolicy

    public init(
        title: String, summary: String = "", profile: String = "research", disclosure: DisclosureRule = .standard,
        withheld: [String] = [], acceptsBurnedInText: Bool = false
    ) {
        self.title = title
        self.summary = summary
        self.profile = profile
        self.disclosure = disclosure
        self.withheld = withheld
        self.acceptsBurnedInText = acceptsBurnedInText
        analyses = AnalysisPolicy(threshold: disclosure.threshold)
    }

    /// The attributes that this site answers questions about.
    public var answerable: Set<String> {
        Set(CohortModel.attributes.map(\.name)).subtracting(withheld)
    }

    /// Reads the settings from the text of `node.yaml`.
    public init(yaml: String) throws(SettingsError) {
        var settings = try Settings(yaml: yaml)
        guard let title = try settings.text("title"), !title.isEmpty else {
            throw SettingsError("`title` is missing: how the data set is called")
        }
        self.init(title: title)
        summary = try settings.text("summary") ?? ""
        // What is longer, the hub does not take.
        guard title.utf8.count <= 300 else { throw SettingsError("`title` is longer than 300 bytes") }
        guard summary.utf8.count <= 4000 else { throw SettingsError("`summary` is longer than 4000 bytes") }
        if let name = try settings.text("profile") {
            guard ["research", "basic"].contains(name) || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
                throw SettingsError(
                    "`profile` is \(name); it can be research, basic, or the path of a profile file that ends in .yaml")
            }
            profile = name
        }
        if let names = try settings.list("languages"), !names.isEmpty { languages = names }
        acceptsBurnedInText = try settings.flag("accept_burned_in_text") ?? false
        if let text = try settings.text("console") {
            guard let address = ConsoleAddress(text) else {
                throw SettingsError(
                    "`console` is \(text); it can be an address of this machine and a port, such as 127.0.0.1:8462: others reach it through the hospital's own web server"
                )
            }
            console = address
        }
        if var section = try settings.section("disclosure") {
            (disclosure, memory) = try DisclosureSettings.read(&section)
            for name in try section.list("withheld") ?? [] {
                guard let attribute = CohortModel.find(name) else {
                    throw SettingsError("`disclosure.withheld` names \(name), which is not an attribute")
                }
                withheld.append(attribute.name)
            }
            try section.finish()
        }
        analyses = AnalysisPolicy(threshold: disclosure.threshold)
        if var section = try settings.section("analyses") {
            analyses = try AnalysisPolicy.read(&section, threshold: disclosure.threshold)
            try section.finish()
        }
        try settings.finish()
    }

    /// The text of a new node's `node.yaml`, with what each setting does.
    public static func template(title: String) -> String {
        """
        # The settings of this Atles node. Restart `atles node serve` after a change.

        # How researchers see the data set.
        title: \(Settings.quoted(title))
        summary: ""

        # What de-identification keeps.
        #   research  what cancer research needs: sex, age (90 and over as 90), size, weight; how images were taken; dates
        #             moved so that intervals stay; descriptions and reports without what identifies; text in pixels covered
        #   basic     the basic profile of PS3.15 as it stands: no sex, no age, no dates, no descriptions
        #   a file    your own, such as profile.yaml in this folder: `atles deidentify profile check FILE` explains it
        # A data set keeps the profile that it was begun with, unless --accept-profile-change says otherwise.
        profile: research

        # The languages of text in pixels, by the names of Tesseract's data: [eng, deu] needs tesseract-ocr-deu.
        languages: [eng]

        # Objects that declare text in their pixels (where nobody looks for it: profile basic), and documents, are set aside;
        # `true` takes them in.
        accept_burned_in_text: false

        # The page on which objects that rules could not decide about are looked at and released or rejected: an address of
        # this machine. Without it, `atles node console` and `atles node review` do the same.
        # console: 127.0.0.1:8462

        disclosure:
          # A group of fewer patients than this is never shown: "<5".
          threshold: 5
          # Numbers are shown as the nearest multiple of this; 1 leaves them as they are.
          rounding: 1
          # A number that would tell of a smaller group together with what the same asker was told before is not shown exactly.
          # So many questions of an asker are remembered, so many days; 0 remembers none, and protects each answer by itself.
          remember_questions: 2000
          remember_days: 365
          # Noise on every number (discrete Laplace), and what an asker may spend in one project: a number of patients and
          # each breakdown cost epsilon. Studies, series and images are then not shown.
          # noise: {epsilon: 0.5, budget: 100}
          # Attributes that this site answers no questions about, such as [patient.ageAtStudy].
          withheld: []

        # What is computed with this site's patients beyond counts, always as one sum with other sites. Nothing, unless a
        # permit of this site says so, or it is named here.
        analyses:
          # Computations that any researcher of the federation may run without a permit: [describe, survival, cox], or [all].
          allow: []
          # A cohort with fewer patients at this site takes no part, nor does this site in a sum over fewer sites.
          minimum_rows: 10
          minimum_sites: 3
          # Sites send masked numbers of which the hub sees the sum alone; `true` also answers those who ask without.
          allow_unmasked: false

        """
    }
}
