-- What a person cannot tell apart is one: NFKC, without what cannot be seen, with single blanks, and with
-- full case folding, which is what lower, upper and lower again come to, a letter at a time. Only a dotless
-- i is no case of i, and a sigma is one wherever it stands. In ICU's root locale, so alike on every machine.
create function fold_name(name text) returns text language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
declare
  seen text := normalize(regexp_replace(name,
    '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
    '', 'g'), nfkc);
begin
  seen := translate(seen, U&'\0131', U&'\E131');
  seen := lower(upper(lower(seen collate "und-x-icu") collate "und-x-icu") collate "und-x-icu");
  -- Capitals that are younger than the ICU of many servers: those up to Unicode 17 are known here.
  seen := translate(seen,
      'ᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿⰯꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋ'
      'Ꟍ꟎Ꟑ꟒꟔ꟖꟘꟚꟜꟵ𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐵐𐵑𐵒𐵓𐵔𐵕𐵖𐵗𐵘𐵙𐵚𐵛𐵜𐵝𐵞'
      '𐵟𐵠𐵡𐵢𐵣𐵤𐵥𖹀𖹁𖹂𖹃𖹄𖹅𖹆𖹇𖹈𖹉𖹊𖹋𖹌𖹍𖹎𖹏𖹐𖹑𖹒𖹓𖹔𖹕𖹖𖹗𖹘𖹙𖹚𖹛𖹜𖹝𖹞𖹟𖺠𖺡𖺢𖺣𖺤𖺥𖺦𖺧𖺨𖺩𖺪𖺫𖺬𖺭𖺮𖺯𖺰𖺱𖺲𖺳𖺴'
      '𖺵𖺶𖺷𖺸',
      'ᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿⱟꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤ'
      'ꟍ꟏ꟑꟓꟕꟗꟙꟛƛꟶ𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐵰𐵱𐵲𐵳𐵴𐵵𐵶𐵷𐵸𐵹𐵺𐵻𐵼𐵽𐵾'
      '𐵿𐶀𐶁𐶂𐶃𐶄𐶅𖹠𖹡𖹢𖹣𖹤𖹥𖹦𖹧𖹨𖹩𖹪𖹫𖹬𖹭𖹮𖹯𖹰𖹱𖹲𖹳𖹴𖹵𖹶𖹷𖹸𖹹𖹺𖹻𖹼𖹽𖹾𖹿𖺻𖺼𖺽𖺾𖺿𖻀𖻁𖻂𖻃𖻄𖻅𖻆𖻇𖻈𖻉𖻊𖻋𖻌𖻍𖻎𖻏'
      '𖻐𖻑𖻒𖻓');
  seen := normalize(translate(seen, U&'\E131\03C2', U&'\0131\03C3'), nfkc);
  -- Unicode's blanks, and two signs that are drawn as one.
  seen := btrim(regexp_replace(seen,
    '[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u2800\u3000\U0001D159]+',
    ' ', 'g'), ' ');
  -- Names of nothing visible are not made any more; those that are there are told apart as before.
  return coalesce(nullif(seen, ''), lower(normalize(name, nfc) collate "und-x-icu"));
end
$$;--> statement-breakpoint
-- For search, which must find a name whichever i is on the keyboard of who types.
create function level_i(folded text) returns text language sql immutable strict parallel safe
return normalize(replace(replace(folded, U&'\0131', 'i'), U&'i\0307', 'i'), nfkc);--> statement-breakpoint
create function fold_username(name text) returns text language plpgsql immutable strict parallel safe set search_path = pg_catalog, public as $$
declare
  folded text := fold_name(name);
  level text := level_i(folded);
begin
  return case when level = folded then folded else level || '  ' || folded end;
end
$$;--> statement-breakpoint
-- What must be unique, and what is searched: behind a name with other i's than one's own stands the name
-- itself, after two blanks, which no folded name has. Most names need no more than this.
create function username_key(name text) returns text language sql immutable parallel safe
return case when name ~ '^[!-~]+$' then lower(name collate "C") else public.fold_username(name) end;--> statement-breakpoint
-- A part of a name as it stands in the key.
create function username_part(part text) returns text language sql immutable parallel safe
return case when part ~ '^[!-~]+$' then lower(part collate "C") else public.level_i(public.fold_name(part)) end;--> statement-breakpoint
-- The same for a name whose letters may be of other scripts than they look: those letters of Greek,
-- Cyrillic, Armenian, Coptic, Cherokee and Lisu, and the few Latin ones, that Unicode's confusables.txt
-- (UTS 39) takes for a letter of ASCII. What looks like a capital i is one, and with them go k in both
-- scripts and the capitals that Greek and Cyrillic share with each other. Null where it is the key itself.
create function username_lookalike(name text) returns text language plpgsql immutable strict parallel safe set search_path = pg_catalog, public as $$
declare
  plain text;
  latin text;
begin
  if name ~ '^[!-~]+$' then return null; end if;
  plain := normalize(name, nfkd);
  latin := translate(plain,
      'ıɑɡɩɪʋʏͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορσυϜϳϺЅІЈАВГЕКЛМНОПРСТУФХЬагекор'
      'суфхѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝՍՏՕագզհոռսցքօᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧ'
      'ᏳᏴᴄᴏᴜᴠᴡᴢᴦⲅⲎⲒⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲬⳐꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴꙇꜱꭵꮁꮃꮓꮩꮪꮯ',
      'iagiiuyJABEZHIKMNOPTYXayikvopouFjMSIJABΓEKΛMHOΠPCTYΦXbarekop'
      'cyφxsijwVvYyheIidGqWwUSOwqqhnnugfoDRTiYAJEWMHYGhZbRWSVSLCPKd'
      'GBcouvwzrrHIKMNOoPpCcTYXLBPdDTGKJCZFMNLSRVHWXYAEIOUisirwzvsc');
  return nullif(username_part(case when latin = plain then name else latin end), username_key(name));
end
$$;--> statement-breakpoint
CREATE TABLE "name_folding" (
	"rules" text PRIMARY KEY NOT NULL,
	"done_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_user" ALTER COLUMN "username_folded" DROP EXPRESSION;--> statement-breakpoint
ALTER TABLE "directory_user" ALTER COLUMN "username_folded" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "key_import_line" drop column "username_folded";--> statement-breakpoint
ALTER TABLE "key_import_line" ADD COLUMN "username_folded" text GENERATED ALWAYS AS (username_key(username)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "directory_user" ADD COLUMN "username_lookalike" text;--> statement-breakpoint
CREATE INDEX "directory_user_lookalike" ON "directory_user" USING btree ("username_lookalike") WHERE username_lookalike is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "directory_user_twin" ON "directory_user" USING btree (rtrim(username_folded)) WHERE username_folded like '% ' and deleted_at is null;--> statement-breakpoint
create function set_username_key() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.username_folded := username_key(new.username);
  new.username_lookalike := username_lookalike(new.username);
  return new;
end
$$;--> statement-breakpoint
create trigger directory_user_named before insert on directory_user
  for each row execute function set_username_key();--> statement-breakpoint
create trigger directory_user_named_anew before update of username on directory_user
  for each row when (old.username is distinct from new.username) execute function set_username_key();--> statement-breakpoint
-- Who shares a name since before the rule bears it alone, once the first of them is gone: it is not free.
create function pass_on_username() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  update directory_user set username_folded = old.username_folded where id = (
    select id from directory_user
    where rtrim(username_folded) = old.username_folded and username_folded like '% ' and deleted_at is null
    order by username_folded limit 1);
  return null;
end
$$;--> statement-breakpoint
create trigger directory_user_name_left after update of username, deleted_at on directory_user
  for each row when (old.deleted_at is null
    and (new.deleted_at is not null or old.username_folded <> new.username_folded))
  execute function pass_on_username();--> statement-breakpoint
drop trigger directory_user_renamed on directory_user;--> statement-breakpoint
create trigger directory_user_renamed after update of username, username_folded on directory_user
  for each row when (old.username_folded is distinct from new.username_folded)
  execute function rename_key_owner();
