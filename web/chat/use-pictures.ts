import { useEffect, useRef, useState } from 'react';
import { type Picture, readPicture } from './read-picture.ts';

/** As many as the server takes with one message. */
const MOST_PICTURES = 4;

export type PictureTrouble = 'unread' | 'tooMany' | 'notTaken';

interface Pictures {
  readonly pictures: readonly Picture[];
  readonly trouble: PictureTrouble | undefined;
  readonly isDraggedOver: boolean;
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: string) => void;
  readonly set: (pictures: readonly Picture[]) => void;
}

/** The pictures of a message that is being written: chosen, pasted, or dropped anywhere on the page. */
export function usePictures(isTaken: boolean): Pictures {
  const [pictures, setPictures] = useState<readonly Picture[]>([]);
  const [trouble, setTrouble] = useState<PictureTrouble | undefined>();
  const [isDraggedOver, setDraggedOver] = useState(false);
  const add = (files: Iterable<File>) => {
    const images = [...files].filter(({ type }) => type.startsWith('image/'));
    if (images.length === 0) return;
    if (!isTaken) return setTrouble('notTaken');
    setTrouble(pictures.length + images.length > MOST_PICTURES ? 'tooMany' : undefined);
    for (const file of images.slice(0, MOST_PICTURES - pictures.length)) {
      void readPicture(file).then((picture) => {
        if (picture === undefined) setTrouble('unread');
        else setPictures((now) => [...now, picture].slice(0, MOST_PICTURES));
      });
    }
  };
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setDraggedOver(true);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setDraggedOver(false);
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Else the browser would leave the page for the file.
      event.preventDefault();
      setDraggedOver(false);
      latest.current(event.dataTransfer?.files ?? []);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  return {
    ...{ pictures, trouble, isDraggedOver, add },
    remove(key) {
      setTrouble(undefined);
      setPictures((now) => now.filter((picture) => picture.key !== key));
    },
    set(next) {
      setTrouble(undefined);
      setPictures(next);
    },
  };
}
