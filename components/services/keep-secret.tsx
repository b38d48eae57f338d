import { Checkbox } from '#components/ui/checkbox.tsx'
import { Menu } from '#components/ui/menu.tsx'

type Props = {
  /** Tells the boxes of several environments on one page apart. */
  id: string
  /** Variables with a value, as typed. */
  names: readonly string[]
  /** Those that are sealed when the form is saved. */
  kept: readonly string[]
  /** Those that are offered, whether chosen or not. */
  offered: readonly string[]
  onChoose: (name: string, keep: boolean) => void
}

/** Which of the typed variables become secrets when the form is saved: those that sound like it, unless it is unticked. */
export function KeepSecret({ id, names, kept, offered, onChoose }: Props) {
  const others = names.filter((name) => !offered.includes(name))
  if (names.length === 0) return null
  return (
    <fieldset className="m-0 grid min-w-0 gap-2 border-0 p-0">
      <legend className="sr-only">Keep secret</legend>
      {offered.map((name) => (
        <Checkbox
          key={name}
          id={`${id}-keep-${name}`}
          name={`keep-${name}`}
          label={
            <>
              Keep <span className="font-mono text-sm break-all">{name}</span> secret
            </>
          }
          hint={
            kept.includes(name)
              ? 'Sealed when you save: probes use it, nobody reads it again. Drafts do not hold it either.'
              : 'Every member can read it.'
          }
          checked={kept.includes(name)}
          onChange={(event) => onChoose(name, event.target.checked)}
        />
      ))}
      {others.length > 0 ? (
        <div>
          <Menu
            label="Keep a variable secret"
            trigger={offered.length > 0 ? 'Keep another one secret' : 'Keep one secret'}
            align="start"
            items={others.map((name) => ({ label: name, onSelect: () => onChoose(name, true) }))}
          />
        </div>
      ) : null}
    </fieldset>
  )
}
