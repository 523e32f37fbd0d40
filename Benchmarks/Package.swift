// swift-tools-version: 6.2
// Measuring programs, in a package of their own: what only they need never reaches users of Atles.

import PackageDescription

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atles", path: "..")],
    targets: [
        .executableTarget(
            name: "scan", dependencies: [.product(name: "DICOM", package: "atles")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "learning", dependencies: [.product(name: "Rounds", package: "atles")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "pixels",
            dependencies: [
                .product(name: "Curation", package: "atles"), .product(name: "DICOMImaging", package: "atles"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "governance", dependencies: [.product(name: "Governance", package: "atles")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
