"""The same tables in one place: DuckDB, in memory, answering the same questions."""
import pathlib
import statistics
import time

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
COUNTS = "count(DISTINCT patient), count(DISTINCT study), count(*), coalesce(sum(images), 0)"


class Central:
    def __init__(self, sites: list[tuple[str, str, str, pathlib.Path]]):
        self.db = duckdb.connect()
        self.db.execute("CREATE TABLE source (site VARCHAR)")
        parts, outcomes = [], []
        for site, name, _, tables in sites:
            parts.append(f"SELECT '{name}' AS site, * FROM read_csv('{tables}/series.csv', header = true, all_varchar = true)")
            if (tables / "clinical.csv").exists():
                outcomes.append(
                    f"SELECT '{name}' AS site, * FROM read_csv('{tables}/clinical.csv', header = true, all_varchar = true)")
        self.db.execute("CREATE OR REPLACE TABLE source AS " + " UNION ALL BY NAME ".join(parts))
        self.db.execute("CREATE TABLE outcomes AS " + (
            " UNION ALL BY NAME ".join(outcomes) if outcomes else
            """SELECT '' AS site, '' AS pid, '' AS age_at_index, '' AS E, '' AS T, '' AS "morphology_8500/3",
               '' AS "morphology_8520/3" WHERE false"""))
        self.db.execute((HERE / "tables.sql").read_text())
        self.db.execute("DROP TABLE source")

    def time(self, condition: str, rounds: int) -> float:
        """The median of several runs, in milliseconds."""
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            self.db.execute(f"SELECT {COUNTS} FROM series s WHERE {condition}").fetchall()
            times.append((time.perf_counter() - started) * 1000)
        return statistics.median(times)

    def by_site(self, condition: str) -> dict[str, tuple[int, int, int, int]]:
        rows = self.db.execute(f"SELECT site, {COUNTS} FROM series s WHERE {condition} GROUP BY site").fetchall()
        return {row[0]: tuple(map(int, row[1:])) for row in rows}

    def held(self) -> tuple[int, ...]:
        return tuple(map(int, self.db.execute(f"SELECT {COUNTS} FROM series s").fetchone()))
