/** Shared by text fields, text areas and selects. 16 px on touch screens, or iOS zooms into the field. */
export const controlClass =
  'block w-full min-w-0 rounded-lg border border-edge bg-paper px-3 text-base text-ink placeholder:text-faint pointer-coarse:text-[1rem] aria-invalid:border-no aria-invalid:outline-no disabled:border-line disabled:bg-hair disabled:text-faint'
