import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Tells of every file whether it keeps PDF/A-2b, and where not; ends with the number of those that do not. */
public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.PDFA_2_B;
        int broken = 0;
        for (String file : files) {
            try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                    var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                var result = validator.validate(parser);
                System.out.printf("%s  %s (%d checks)%n", result.isCompliant() ? "keeps " : "BREAKS", file,
                        result.getTotalAssertions());
                for (var rule : result.getTestAssertions())
                    System.out.printf("        %s-%d: %s @ %s%n", rule.getRuleId().getClause(),
                            rule.getRuleId().getTestNumber(), rule.getMessage(), rule.getLocation().getContext());
                broken += result.isCompliant() ? 0 : 1;
            }
        }
        System.out.printf("%d files, %d of them break PDF/A-2b%n", files.length, broken);
        System.exit(Math.min(broken, 100));
    }
}
