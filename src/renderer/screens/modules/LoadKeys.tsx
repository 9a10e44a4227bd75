import { useEffect, useRef, useState, type ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { CallOutput } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import office from '../drawer/office.module.css';
import { useCall, type CallRunner } from '../drawer/use-call.ts';
import { KeyTable } from './KeyTable.tsx';
import { SecondPersonForm } from './SecondPersonForm.tsx';

type Preview = CallOutput<'modules.inspectKeys'> & { readonly file: string };
type Loaded = CallOutput<'modules.loadKeys'>['keys'];

/** The ceremony: a file is read and shown key by key, a second person signs, the keys are loaded and read back. */
export function LoadKeys(props: { readonly moduleId: string; readonly onBack: () => void }): ReactNode {
  const { moduleId, onBack } = props;
  const words = useWords();
  const call = useCall();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const inspect = async (chosen: File): Promise<void> => {
    setPreview(null);
    const file = await chosen.text();
    const seen = await call.run('modules.inspectKeys', { moduleId, file });
    if (seen) setPreview({ ...seen, file });
  };
  return (
    <>
      <h3 className={office.heading}>{words('modules.load.into', { moduleId })}</h3>
      {loaded ? (
        <LoadedKeys keys={loaded} />
      ) : (
        <>
          <ChooseFile onChosen={(file) => void inspect(file)} />
          {call.problem ? <ProblemCard kind="stop" problem={call.problem} /> : null}
          {preview ? <Shown {...{ preview, call }} onLoaded={setLoaded} /> : null}
        </>
      )}
      <div className={office.row}>
        <Button kind="quiet" onPress={onBack}>
          {words('modules.back')}
        </Button>
      </div>
    </>
  );
}

function ChooseFile({ onChosen }: { readonly onChosen: (file: File) => void }): ReactNode {
  const words = useWords();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => row.current?.querySelector('button')?.focus(), []);
  return (
    <div className={office.row} ref={row}>
      <FileTrigger
        onSelect={(files) => {
          const [file] = files ?? [];
          if (file) onChosen(file);
        }}
      >
        <Button>{words('modules.load.choose')}</Button>
      </FileTrigger>
    </div>
  );
}

/** Every key that the file would bring, and the second person's part. */
function Shown(props: {
  readonly preview: Preview;
  readonly call: CallRunner;
  readonly onLoaded: (keys: Loaded) => void;
}): ReactNode {
  const { preview, call, onLoaded } = props;
  const { moduleId, file, sha256 } = preview;
  const words = useWords();
  return (
    <>
      <KeyTable caption={words('modules.load.compare')} keys={preview.keys} />
      <p>
        {words('modules.load.print')}: <code dir="ltr">{sha256}</code>
      </p>
      <SecondPersonForm
        label={words('modules.load')}
        submit={words('modules.load.do')}
        busy={call.busy}
        onSubmit={async (signed) => {
          const request = { requestId: newRequestId(), moduleId, file, sha256, ...signed };
          const answer = await call.run('modules.loadKeys', request);
          if (answer) onLoaded(answer.keys);
        }}
      />
    </>
  );
}

/** What the module says that it holds now, beside what the file announced. */
function LoadedKeys({ keys }: { readonly keys: Loaded }): ReactNode {
  const words = useWords();
  return (
    <>
      <output className={office.green}>{words('modules.loaded')}</output>
      <table className={office.table}>
        <thead>
          <tr>
            <th scope="col">{words('modules.key.sgc')}</th>
            <th scope="col">{words('modules.key.krn')}</th>
            <th scope="col">{words('modules.key.announced')}</th>
            <th scope="col">{words('modules.key.read')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ announcedKcv, key }) => (
            <tr key={key.register}>
              <th scope="row">{key.sgc}</th>
              <td>{key.krn}</td>
              <td dir="ltr">{announcedKcv}</td>
              <td>
                <Sign standing={announcedKcv === key.kcv ? 'good' : 'stop'} />{' '}
                {`${key.kcv} (${words(announcedKcv === key.kcv ? 'modules.same' : 'modules.differs')})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
