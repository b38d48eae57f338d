import type { Noted } from './data-lock.mjs'

export function note(pid: number, name: string): Noted
export function isAlive(noted: Noted): boolean
export function endProcess(noted: Noted, patience?: number): Promise<void>
