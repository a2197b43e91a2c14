/** Given and family names of one script. A username joins one of each and a number. */
type Names = { given: string[]; family: string[] };

const stems = 'berg,stein,lind,holm,wald,brandt,sand,kroon,falk,winter,grün,ash,west,ridge'.split(
  ',',
);
const endings = 'mann,son,er,ström,hoff,feld,dahl,ley,ton,sky'.split(',');

/** 14 of 20 given names are Latin, so each of these 140 family names is in 0.5 % of all usernames. */
const latin: Names = {
  given: 'anna,josé,maria,lukas,emma,noah,chloé,björn,zoë,david,sofia,peter,łucja,tomas'.split(','),
  family: stems.flatMap((stem) => endings.map((ending) => stem + ending)),
};
const others: Names[] = [
  { given: ['иван', 'ольга'], family: 'петров,смирнова,кузнецов,попова,соколов'.split(',') },
  { given: ['νίκος'], family: 'παππάς,γεωργίου,οικονόμου'.split(',') },
  { given: ['伟'], family: '王,李,张,刘,陈,杨,赵'.split(',') },
  { given: ['محمد'], family: 'العلي,حسن,إبراهيم,يوسف'.split(',') },
  { given: ['अमित'], family: 'शर्मा,वर्मा,गुप्ता'.split(',') },
];

/** Twenty given names, each with the family names of its script. Each is in 5 % of all usernames. */
export const people = [latin, ...others].flatMap(({ given, family }) =>
  given.map((name) => ({ given: name, family })),
);

/** The texts that the lists are searched for, by their share of all usernames. */
export const shares = { broad: 'lukas', medium: 'falkström' } as const;
