/// A picture of a result: SVG of our own making, for a page, a paper or a file.
///
/// Text and lines take the colour of the text around them (`currentColor`), and the background is left out, so that a
/// picture stands on a light page and on a dark one. It holds no script, no style sheet and no link, and says in words what
/// it shows (`title`, `desc`).
public struct Picture: Sendable, Equatable, Codable {
    /// A word for a file's name: `survival`.
    public let name: String
    public let title: String
    public let svg: String

    public init(name: String, title: String, svg: String) {
        self.name = name
        self.title = title
        self.svg = svg
    }
}

/// An outcome that can be shown as pictures.
public protocol PicturedOutcome {
    var pictures: [Picture] { get }
}
