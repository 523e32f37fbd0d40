/// What every page has around its content.
struct Frame {
    var title: String
    var description: String
    var federation: String
    var onExplore = false
    var onAbout = false
    var stylesheet = WebAsset.link("atles.css")
    var script = WebAsset.link("atles.js")
    var logo = WebAsset.link("logo.svg")

    init(_ title: String, federation: String) {
        self.title = title + " · Atles"
        self.federation = federation
        description =
            "\(federation): cancer images in many hospitals, searched as one. Images stay in the hospital; only counts leave it."
    }
}

struct AboutView {
    var frame: Frame

    init(federation: String) {
        frame = Frame("How it works · \(federation)", federation: federation)
        frame.onAbout = true
    }
}

struct FailureView {
    var frame: Frame
    var status: Int
    var title: String
    var message: String

    init(_ failure: PageFailure, federation: String) {
        frame = Frame("\(failure.title) · \(federation)", federation: federation)
        status = failure.status
        title = failure.title
        message = failure.message
    }
}
