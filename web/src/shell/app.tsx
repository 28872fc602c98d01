import { useAddress } from '../address/address.ts'
import { profileStore } from '../answers/profile.ts'
import { session } from '../answers/session.ts'
import { useStore } from '../answers/store.ts'
import { useSay } from '../language/language.ts'
import { Banners } from './banners.tsx'
import { Foot } from './foot.tsx'
import { UpdatedMark } from './freshness-mark.tsx'
import { ShownPage } from './shown-page.tsx'
import { SignIn } from './sign-in.tsx'
import { Top } from './top.tsx'

const SKIP = { zh: '跳到正文', en: 'Skip to the content' }
const WAITING = { zh: '正在连接……', en: 'Connecting …' }

export function App() {
  const say = useSay()
  const { path } = useAddress()
  const profile = useStore(profileStore)
  const isSignedOut = useStore(session).state === 'signed-out'
  return (
    <>
      <a class="skip" href="#content">
        {say(SKIP)}
      </a>
      <Top />
      <Banners />
      <main id="content" tabIndex={-1}>
        {isSignedOut ? (
          <SignIn />
        ) : profile === null ? (
          <p class="waiting">{say(WAITING)}</p>
        ) : (
          <ShownPage path={path} />
        )}
      </main>
      <Foot />
      <div role="status">
        <UpdatedMark />
      </div>
    </>
  )
}
