/// The look of the report, the same as the hub's pages: one sheet, the reader's own fonts, colours by role and checked for
/// contrast in both schemes; nothing is told by colour alone.
enum PageStyle {
    static let css: StaticString = """
        :root {
          color-scheme: light dark;
          --paper: #f6f5f1; --surface: #fff; --sunk: #efede7; --ink: #15202a; --muted: #52606b; --line: #dedbd2;
          --accent: #0b5a76; --bar: #2783a3; --error: #a3242f; --error-soft: #fbe9e8; --warning: #8a4a00;
          --warning-soft: #fdf0dc; --notice: #2f5d73; --notice-soft: #e3eef2; --good: #0d6b57;
          --sans: Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
          --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #0e1419; --surface: #161e25; --sunk: #1c262e; --ink: #e7edf1; --muted: #9fb0bb; --line: #2a3640;
            --accent: #7cc7e0; --bar: #3f9fc0; --error: #ff9a98; --error-soft: #3a1d20; --warning: #f0b35f;
            --warning-soft: #35270f; --notice: #8fc4d8; --notice-soft: #172c36; --good: #5fcfae;
          }
        }
        *, ::before, ::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.55 var(--sans); padding-bottom: 3rem; }
        h1, h2, h3, p, dl, dd, ul, figure { margin: 0; padding: 0; }
        h1, h2, h3 { font-weight: 620; letter-spacing: -.012em; line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
        h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.6rem); letter-spacing: -.025em; }
        h2 { font-size: 1.3rem; margin: 2.75rem 0 .9rem; }
        h3 { font-size: 1.0625rem; }
        ul { list-style: none; }
        a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; border-radius: 4px; }
        code { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
        .wrap { width: 100%; max-width: 72rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
        header { padding-top: clamp(1.5rem, 5vw, 3.5rem); }
        .over { color: var(--accent); font-weight: 600; font-size: .9375rem; margin-bottom: .3rem; }
        .lead { margin: .75rem 0 .35rem; font-size: 1.125rem; max-width: 60ch; text-wrap: pretty; }
        .muted { color: var(--muted); }
        .small { font-size: .875rem; }
        .plain { font-weight: 400; letter-spacing: 0; }
        .card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: clamp(1rem, 2.5vw, 1.5rem); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.25rem, 1fr)); gap: .75rem; margin-top: 1.75rem; }
        .tile { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .85rem 1rem .9rem; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; border-top: 4px solid var(--line); }
        .tile dt { color: var(--muted); font-size: .875rem; }
        .tile dd { font-size: 1.75rem; font-weight: 600; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
        .tile.error { border-top-color: var(--error); } .tile.error dd { color: var(--error); }
        .tile.warning { border-top-color: var(--warning); } .tile.warning dd { color: var(--warning); }
        .tile.notice { border-top-color: var(--notice); } .tile.notice dd { color: var(--notice); }
        .tile.none dd { color: var(--good); } .tile.none { border-top-color: var(--good); }
        .split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr); gap: 1.5rem clamp(1.5rem, 4vw, 3rem); align-items: start; }
        .tier { font-size: 1.5rem; letter-spacing: -.015em; line-height: 1.2; margin-bottom: .5rem; }
        .missing { list-style: disc; padding-left: 1.2rem; }
        .split p + p { margin-top: .75rem; }
        .tables { display: grid; gap: 1.5rem; }
        table { width: 100%; border-collapse: collapse; }
        caption { text-align: left; padding-bottom: .4rem; }
        .quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .bars th, .bars td { padding: .28rem 0; text-align: left; font-weight: 400; vertical-align: middle; }
        .bars .bar { width: 48%; padding-inline: 1rem; }
        .bars svg { display: block; width: 100%; height: .6rem; }
        .bars .ground { fill: var(--sunk); } .bars .full { fill: var(--bar); } .bars .part { fill: var(--warning); }
        .bars .figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .finding { border-left: 5px solid var(--line); margin-bottom: .9rem; }
        .finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); } .finding.notice { border-left-color: var(--notice); }
        .finding-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .7rem; margin-bottom: .5rem; }
        .badge { font-size: .78rem; font-weight: 620; padding: .08rem .6rem; border-radius: 99px; }
        .error .badge { background: var(--error-soft); color: var(--error); } .warning .badge { background: var(--warning-soft); color: var(--warning); } .notice .badge { background: var(--notice-soft); color: var(--notice); }
        .finding p { max-width: 78ch; text-wrap: pretty; }
        .remedy { margin-top: .35rem; }
        .counts { display: flex; flex-wrap: wrap; gap: .35rem .5rem; margin-top: .75rem; }
        .counts li { padding: .08rem .6rem; background: var(--sunk); border-radius: 99px; }
        details { margin-top: .75rem; }
        summary { cursor: pointer; color: var(--accent); font-weight: 550; }
        .places li { padding: .5rem 0; border-top: 1px solid var(--line); }
        .places li:first-child { border-top: 0; }
        .detail { display: block; overflow-wrap: anywhere; }
        .where { display: flex; flex-wrap: wrap; gap: 0 1.1rem; font-size: .875rem; color: var(--muted); }
        .part { white-space: normal; } .part + .part { margin-left: 0; }
        .ids { color: var(--muted); display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
        .pairs, .series { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: .9rem; }
        .sides .part { display: block; color: var(--muted); }
        .pair figcaption { margin-top: .6rem; }
        img { display: block; max-width: 100%; height: auto; background: #000; border-radius: 6px; }
        .tiny { image-rendering: pixelated; }
        .one { display: flex; flex-direction: column; gap: .6rem; min-width: 0; }
        .strip { display: flex; gap: .5rem; } .strip figure { flex: 0 1 auto; min-width: 0; }
        .plot svg { display: block; width: 100%; height: auto; }
        .axis { display: flex; justify-content: space-between; font-size: .75rem; line-height: 1.3; }
        .slices { stroke: var(--bar); stroke-width: 1.4; fill: none; }
        .missing-gap { fill: var(--error-soft); stroke: var(--error); stroke-width: 1.2; }
        .uneven-gap { fill: var(--warning-soft); stroke: var(--warning); stroke-width: 1.2; stroke-dasharray: 3 2; }
        .tags { display: flex; flex-wrap: wrap; gap: .35rem; margin-top: auto; }
        .tag { padding: .05rem .65rem; border-radius: 99px; font-size: .8125rem; line-height: 1.7; }
        .tag.error { background: var(--error-soft); } .tag.warning { background: var(--warning-soft); } .tag.notice { background: var(--notice-soft); }
        .tag.error a { color: var(--error); } .tag.warning a { color: var(--warning); } .tag.notice a { color: var(--notice); }
        .calm { color: var(--good); font-weight: 550; }
        .rules { margin: 0; } .rules ul { margin-top: .75rem; columns: 24rem 2; column-gap: 2.5rem; font-size: .9375rem; }
        .rules li { break-inside: avoid; padding: .18rem 0; }
        .rules summary { border-radius: 6px; }
        @media (max-width: 46rem) { .split { grid-template-columns: minmax(0, 1fr); } .bars .bar { width: 36%; } }
        @media print { body { background: #fff; } .card, .tile { break-inside: avoid; } }

        """
}
