/** The error of one control, tied to it by `aria-describedby`. */
export function FieldError({ id, children }: { id: string; children?: string | undefined }) {
  if (!children) return null
  return (
    <p id={`${id}-error`} className="m-0 text-sm text-no">
      <span aria-hidden="true">! </span>
      {children}
    </p>
  )
}
