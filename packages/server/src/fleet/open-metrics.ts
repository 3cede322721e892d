/** A fleet as OpenMetrics text, version 1.0.0: what Prometheus and its relatives scrape. */
import type { FleetKey, FleetSnapshot } from "./fleet-snapshot.ts";

/** The media type of the text. */
export const openMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** One family of metrics. */
interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge" | "info";
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const suffixes = { counter: "_total", gauge: "", info: "_info" } as const;

/** A fleet as text. Label names are ours; label values are escaped, because some are a peer's. */
export function openMetricsOf(fleet: FleetSnapshot): string {
  const lines = familiesOf(fleet).flatMap(({ name, type, help, samples }) => [
    `# TYPE ${name} ${type}`,
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(({ labels, value }) => `${name}${suffixes[type]}${labelText(labels)} ${value}`),
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

function familiesOf({
  contracts,
  connections,
  calls,
  refusals,
  isComplete,
}: FleetSnapshot): readonly Family[] {
  return [
    {
      name: "concordat_contract",
      type: "info",
      help: "Contracts, with the oldest and the newest release that is served.",
      samples: contracts.map(({ name, floor = "", newest = "", isRetired }) => {
        const labels = { contract: name, floor, newest, retired: String(isRetired) };
        return { labels, value: 1 };
      }),
    },
    {
      name: "concordat_release_sunset_timestamp_seconds",
      type: "gauge",
      help: "When a release stops being served.",
      samples: contracts.flatMap(({ name, sunsets }) =>
        Object.entries(sunsets).map(([release, day]) => {
          const labels = { contract: name, release };
          return { labels, value: Date.parse(`${day}T00:00:00Z`) / 1_000 };
        }),
      ),
    },
    {
      name: "concordat_connections_open",
      type: "gauge",
      help: "Open connections, once for each contract that they speak.",
      samples: connections.map((row) => ({ labels: labelsOf(row), value: row.open })),
    },
    {
      name: "concordat_connections",
      type: "counter",
      help: "Connections that were let in, once for each contract that they speak.",
      samples: connections.map((row) => ({ labels: labelsOf(row), value: row.total })),
    },
    {
      name: "concordat_refusals",
      type: "counter",
      help: "Clients that were refused, by the name of the close code.",
      samples: refusals.map((row) => ({
        labels: { ...labelsOf(row), reason: row.reason },
        value: row.total,
      })),
    },
    {
      name: "concordat_calls_open",
      type: "gauge",
      help: "Calls that run.",
      samples: calls.map((row) => ({
        labels: { ...labelsOf(row), procedure: row.procedure },
        value: row.open,
      })),
    },
    {
      name: "concordat_calls",
      type: "counter",
      help: "Calls that have ended, by how: ok or a status code.",
      samples: calls.flatMap((row) =>
        Object.entries(row.ended).map(([outcome, value]) => ({
          labels: { ...labelsOf(row), procedure: row.procedure, outcome },
          value,
        })),
      ),
    },
    {
      name: "concordat_fleet_complete",
      type: "gauge",
      help: "1 while every release and procedure that is used has a row, 0 once there were too many.",
      samples: [{ labels: {}, value: isComplete ? 1 : 0 }],
    },
  ];
}

function labelsOf({ contract, release, client, clientVersion }: FleetKey): Record<string, string> {
  return { contract, release, client, client_version: clientVersion };
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
