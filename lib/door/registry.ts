import type { Command } from './command.ts'

const place = globalThis as { countersignCommands?: Map<string, Command> }

function all(): Map<string, Command> {
  place.countersignCommands ??= new Map()
  return place.countersignCommands
}

/** Called by `command()` itself, so that a command is known to the sweeps from the moment it is declared. */
export function register(entry: Command): void {
  all().set(entry.name, entry)
}

/** Every declared command by name, of the files loaded so far. */
export function registry(): ReadonlyMap<string, Command> {
  return all()
}
