interface BulletProps {
  ratio: number | null
  target: number | null
  isMet: boolean | null
}

/** A rate on its way from 0 to 100 %, with its target as a stroke. It says nothing that its row does not say in figures. */
export function Bullet({ ratio, target, isMet }: BulletProps) {
  if (ratio === null) return null
  return (
    <svg class="bullet" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="whole" width="100" height="8" />
      <rect class={isMet === false ? 'missed' : 'reached'} y="1.5" width={100 * ratio} height="5" />
      {target === null ? null : (
        <>
          <rect class="around" x={100 * target - 2} width="4.4" height="8" />
          <rect class="target" x={100 * target - 0.8} width="2" height="8" />
        </>
      )}
    </svg>
  )
}
