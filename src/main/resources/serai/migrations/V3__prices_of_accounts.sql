-- What an account pays where it is not what everybody pays: a document, or nothing.

ALTER TABLE account ADD COLUMN pricing TEXT;
