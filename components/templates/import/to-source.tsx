/** The number of the line that something came from; a press shows it in the source. */
export function ToSource({ line }: { line: number }) {
  return (
    <button
      type="button"
      data-to-source=""
      aria-label={`Line ${line}, show in the source`}
      className="min-h-6 min-w-6 rounded-md px-1 text-right font-mono text-xs text-faint hover:text-accent hover:underline pointer-coarse:min-h-10"
    >
      {line}
    </button>
  )
}
