import Crypto

/// A file that pages refer to, compiled into the program.
struct WebAsset: Sendable {
    let name: String
    let contentType: String
    let bytes: [UInt8]
    /// Changes when the bytes change; quoted, as the `ETag` header wants it.
    let etag: String

    private init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        contentType =
            name.hasSuffix(".css")
            ? "text/css; charset=utf-8" : name.hasSuffix(".js") ? "text/javascript; charset=utf-8" : "image/svg+xml"
        etag = "\"\(Self.digest(bytes))\""
    }

    /// What the pages for visitors load.
    static let first = [
        WebAsset("answer.js", PackageResources.answer_js),
        WebAsset("atles.css", PackageResources.atles_css),
        WebAsset("atles.js", PackageResources.atles_js),
        WebAsset("builder.js", PackageResources.builder_js),
        WebAsset("language.js", PackageResources.language_js),
        WebAsset("logo.svg", PackageResources.logo_svg),
        WebAsset("pieces.js", PackageResources.pieces_js),
        WebAsset("problem.js", PackageResources.problem_js),
    ]

    static let all =
        first + [
            WebAsset("account.css", PackageResources.account_css),
            WebAsset("requests.css", PackageResources.requests_css),
        ]

    /// Changes when any asset does. It stands in the addresses of all, so that a browser may keep them for ever and scripts
    /// that import each other by relative names always come from one version.
    static let version = digest(all.flatMap(\.bytes))

    /// Where pages link to: `/assets/VERSION/name`.
    static func link(_ name: String) -> String { "/assets/\(version)/\(name)" }

    /// The asset at `path`, which is what follows `/assets/`: `VERSION/name`, or the name alone. The second value is what
    /// the `Cache-Control` header should say: without this version in the address, ask again; the ETag settles it.
    static func at(_ path: String) -> (asset: WebAsset, cacheControl: String)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2, let asset = all.first(where: { $0.name == name }) else {
            return nil
        }
        let isCurrent = parts.count == 2 && parts[0] == version
        return (asset, isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(8).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
