// swift-tools-version: 6.2
// Atles: one package. The targets and the direction of their arrows are explained in docs/architecture.md
// and checked by scripts/check_walls.py on every test run.

import PackageDescription

/// Settings that every target shares: Swift 6 language mode with the checks that keep interfaces explicit.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The format targets and the questions are optimised in debug builds too: tests read thousands of files through them.
let optimised: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "atles",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "atles", targets: ["atles"]),
        .library(name: "DICOM", targets: ["DICOM"]),
        .library(name: "DICOMImaging", targets: ["DICOMImaging"]),
        .library(name: "Curation", targets: ["Curation"]),
        .library(name: "Rounds", targets: ["Rounds"]),
        .library(name: "Governance", targets: ["Cohort", "Federation", "Governance", "Runtime"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.81.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.30.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.16.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.0.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.26.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.6.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.0.0"),
    ],
    targets: [
        // Ground
        .target(name: "Runtime", dependencies: [logging, yams, "CSyscalls"], swiftSettings: house),
        .target(name: "CSyscalls"),

        // Formats
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "DICOM", dependencies: ["CZlib"], swiftSettings: optimised),

        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "COpenJPEG", pkgConfig: "libopenjp2", providers: [.apt(["libopenjp2-7-dev"])]),
        .systemLibrary(name: "CCharLS", pkgConfig: "charls", providers: [.apt(["libcharls-dev"])]),
        .target(
            name: "DICOMImaging", dependencies: ["DICOM", "CZlib", "CTurboJPEG", "COpenJPEG", "CCharLS"],
            swiftSettings: optimised),

        // Domain
        .target(
            name: "CohortData", resources: [.embedInCode("Model"), .embedInCode("Vocabulary")], swiftSettings: house),
        .target(name: "Cohort", dependencies: ["CohortData", yams], swiftSettings: optimised),
        .systemLibrary(name: "CTesseract", pkgConfig: "tesseract", providers: [.apt(["libtesseract-dev"])]),
        .target(
            name: "Curation",
            dependencies: ["DICOM", "DICOMImaging", "Cohort", "WebPages", "CTesseract", crypto, yams],
            swiftSettings: optimised),
        .target(
            name: "Catalogue", dependencies: ["DICOM", "Cohort", "Runtime", grdb, sqlite, crypto],
            swiftSettings: optimised),
        .target(
            name: "Federation",
            dependencies: [
                "Runtime", crypto, x509, asn1, grdb, logging, lifecycle, hummingbird, hummingbirdCore, hummingbirdTLS,
                httpTypes,
                nioCore, nioPosix, nioHTTP1, nioHTTPTypes, nioFoundation, nioSSL, httpClient,
            ],
            swiftSettings: house),
        .target(
            name: "Governance", dependencies: ["Cohort", "Federation", "Runtime", crypto, cryptoExtras, grdb, yams],
            swiftSettings: house),

        // Statistics and learning over many sites
        .systemLibrary(name: "CLapack", providers: [.apt(["liblapacke-dev"])]),
        .target(name: "CStatistics"),
        .target(
            name: "Rounds", dependencies: ["CLapack", "CStatistics", "Runtime", crypto], swiftSettings: optimised),

        .target(name: "WebPages", dependencies: [mustache], swiftSettings: house),

        // Programs
        .target(
            name: "Hub",
            dependencies: [
                "Runtime", "Cohort", "Federation", "Governance", "Rounds", "WebPages", crypto, cryptoExtras, grdb,
                hummingbird,
                hummingbirdTLS, httpTypes,
                nioCore, nioHTTP1, nioFoundation, mustache, lifecycle, logging, httpClient, jwt, yams,
            ],
            resources: [.embedInCode("Web/Assets"), .embedInCode("Web/Templates")],
            swiftSettings: house),
        .target(
            name: "Node",
            dependencies: [
                "Runtime", "DICOM", "DICOMImaging", "Cohort", "Curation", "Catalogue", "Federation", "Governance",
                "Rounds", "WebPages", crypto, grdb, lifecycle, logging, hummingbird, httpTypes, mustache, nioCore,
            ],
            resources: [.embedInCode("Console/Assets"), .embedInCode("Console/Templates")],
            swiftSettings: house),
        .executableTarget(
            name: "atles",
            dependencies: [
                "Runtime", "DICOM", "Cohort", "Curation", "Federation", "Governance", "Rounds", "Hub", "Node",
                arguments, logging,
                httpClient,
                nioCore, nioFoundation, nioHTTP1, nioPosix, lifecycle,
            ],
            swiftSettings: house),

        // Tests
        .target(name: "TestSupport", dependencies: ["Runtime"], path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "TestSupport"], swiftSettings: house),
        .testTarget(name: "DICOMTests", dependencies: ["DICOM", "TestSupport"], swiftSettings: house),
        .testTarget(name: "CohortTests", dependencies: ["Cohort", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "DICOMImagingTests", dependencies: ["DICOMImaging", "DICOM", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "CurationTests",
            dependencies: ["Curation", "Cohort", "DICOM", "DICOMImaging", "TestSupport", crypto],
            exclude: ["Pixels/Fixtures"], swiftSettings: house),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "Cohort", "DICOM", "Runtime", "TestSupport", crypto, grdb],
            swiftSettings: house),
        .testTarget(
            name: "FederationTests",
            dependencies: [
                "Federation", "Governance", "Runtime", "TestSupport", crypto, x509, asn1, grdb, logging, lifecycle,
                hummingbird, nioCore, nioPosix, nioSSL,
            ],
            swiftSettings: house),
        .testTarget(
            name: "GovernanceTests",
            dependencies: ["Governance", "Federation", "Cohort", "Runtime", "TestSupport", crypto, grdb],
            swiftSettings: house),
        .testTarget(
            name: "NodeTests",
            dependencies: [
                "Node", "Catalogue", "Curation", "Cohort", "DICOM", "DICOMImaging", "Runtime", "TestSupport", crypto,
            ],
            swiftSettings: house),
        .testTarget(
            name: "RoundsTests", dependencies: ["Rounds", "Runtime", "TestSupport", crypto],
            exclude: ["Fixtures"], swiftSettings: house),
        .testTarget(
            name: "HubTests",
            dependencies: [
                "Hub", "Cohort", "Federation", "Governance", "Rounds", "Runtime", "WebPages", "TestSupport", crypto,
                hummingbird, jwt, hummingbirdTesting, logging, cryptoExtras, httpTypes, nioCore,
            ],
            swiftSettings: house),
    ],
    cxxLanguageStandard: .cxx17
)
