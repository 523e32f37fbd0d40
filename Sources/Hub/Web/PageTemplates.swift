/// The mustache templates that are compiled into the program.
enum PageTemplates {
    static var all: [(name: String, text: String)] {
        [
            ("about", PackageResources.about_mustache),
            ("attributes", PackageResources.attributes_mustache),
            ("answer", PackageResources.answer_mustache),
            ("ask", PackageResources.ask_mustache),
            ("cell", PackageResources.cell_mustache),
            ("explorer", PackageResources.explorer_mustache),
            ("facet", PackageResources.facet_mustache),
            ("failure", PackageResources.failure_mustache),
            ("glance", PackageResources.glance_mustache),
            ("holdings", PackageResources.holdings_mustache),
            ("icons", PackageResources.icons_mustache),
            ("layout", PackageResources.layout_mustache),
            ("pieces", PackageResources.pieces_mustache),
            ("problem", PackageResources.problem_mustache),
            ("site-row", PackageResources.site_row_mustache),
        ].map { (name: $0.0, text: String(decoding: $0.1, as: UTF8.self)) }
    }
}
