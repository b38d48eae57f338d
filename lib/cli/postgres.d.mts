export function nativeFolder(machine?: { platform: string; arch: string; libc?: string }): string
