import ArgumentParser
import Node

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "A hospital's node: it takes in images, keeps them here, and answers questions.",
        discussion: "A node only dials out. It opens no port, and its images never leave it.",
        subcommands: [
            NodeInit.self, NodeServe.self, NodeIngest.self, NodeIndex.self, NodeMap.self, NodeReview.self,
            NodeConsole.self, NodeQuarantine.self, NodeCheck.self, NodeRisk.self, NodeStatus.self, NodeCommittee.self,
            NodePermits.self, NodeApprovals.self, NodeAirlock.self, NodeOptOut.self,
        ])
}

/// `--folder`, for every command of a node.
struct NodeFolderOption: ParsableArguments {
    @Option(help: ArgumentHelp("The node's folder.", valueName: "dir"))
    var folder: String = DefaultFolder.node

    var nodeFolder: NodeFolder { NodeFolder(folder) }
}
