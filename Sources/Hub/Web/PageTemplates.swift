/// The mustache templates that are compiled into the program.
enum PageTemplates {
    static var all: [(name: String, text: String)] {
        [
            ("account", PackageResources.account_mustache),
            ("about", PackageResources.about_mustache),
            ("attributes", PackageResources.attributes_mustache),
            ("answer", PackageResources.answer_mustache),
            ("ask", PackageResources.ask_mustache),
            ("cell", PackageResources.cell_mustache),
            ("device", PackageResources.device_mustache),
            ("explorer", PackageResources.explorer_mustache),
            ("facet", PackageResources.facet_mustache),
            ("failure", PackageResources.failure_mustache),
            ("glance", PackageResources.glance_mustache),
            ("holdings", PackageResources.holdings_mustache),
            ("icons", PackageResources.icons_mustache),
            ("layout", PackageResources.layout_mustache),
            ("people", PackageResources.people_mustache),
            ("pieces", PackageResources.pieces_mustache),
            ("problem", PackageResources.problem_mustache),
            ("recover", PackageResources.recover_mustache),
            ("second-factor", PackageResources.second_factor_mustache),
            ("sign-in", PackageResources.sign_in_mustache),
            ("sign-in-code", PackageResources.sign_in_code_mustache),
            ("signed-out", PackageResources.signed_out_mustache),
            ("tokens", PackageResources.tokens_mustache),
            ("site-row", PackageResources.site_row_mustache),
            ("field-help", PackageResources.field_help_mustache),
            ("request", PackageResources.request_mustache),
            ("request-action", PackageResources.request_action_mustache),
            ("request-form", PackageResources.request_form_mustache),
            ("request-hidden", PackageResources.request_hidden_mustache),
            ("request-join", PackageResources.request_join_mustache),
            ("request-new", PackageResources.request_new_mustache),
            ("requests", PackageResources.requests_mustache),
        ].map { (name: $0.0, text: String(decoding: $0.1, as: UTF8.self)) }
    }
}
