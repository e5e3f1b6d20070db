package synod.wallet;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import synod.chain.Amount;

/** Reads amounts as people write them. */
final class AmountConverter implements ITypeConverter<Amount> {
    @Override
    public Amount convert(String text) {
        try {
            return Amount.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
